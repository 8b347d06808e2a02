// What the presenter's own window says of the slide. It comes with the slide, which follows a live trial; the deck, which
// has that window, reads it from the document.

export default function ({ data }) {
  document.deckNotes = data;
  document.dispatchEvent(new Event("deck-notes"));
}
