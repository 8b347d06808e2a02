// Keys and buttons of the Present page. Trusted page code: what it shows arrives as data and is written as text.
// Keys work without a click first: the document listens, wherever the focus is.

const FORWARD = ["ArrowRight", "ArrowDown", "PageDown", " "];
const BACK = ["ArrowLeft", "ArrowUp", "PageUp"];
const NOTES_STYLE =
  "body { font: 20px/1.6 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', sans-serif; margin: 24px 32px; } " +
  "h1 { font-size: 30px; line-height: 1.3; margin: 0 0 16px; } h2 { font-size: 18px; border-top: 2px solid; padding-top: 12px; }";
const REMOTE = ["PageUp", "PageDown"]; // what a presenter's remote sends; no control on the page may keep these

const HANDLE = "input[type=range], [role=slider]";
const PATIENCE = 10_000; // milliseconds within which a lever let go has its badge

const decks = new WeakMap();

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const deck = decks.get(parentElement) ?? newDeck(parentElement);
  deck.report = (at) => setStateValue("at", { id: data.ids[at], count: ++deck.count });
  deck.leave = () => setTriggerValue("leave", true);
  deck.show(data);
  return () => {
    deck.close();
    decks.delete(parentElement);
  };
}

function newDeck(parent) {
  const find = (name) => parent.querySelector(`[data-deck="${name}"]`);
  const deck = { at: 0, count: 0, ids: [] };

  deck.go = (to) => {
    const at = Math.min(Math.max(to, 0), deck.ids.length - 1);
    if (at === deck.at) return;
    deck.at = at;
    deck.report(at);
  };

  // The server's slide counts only once it knows the last key, so a fast finger is never set back.
  deck.show = ({ ids, at, count, words }) => {
    deck.ids = ids;
    if (count === undefined || count >= deck.count) deck.at = ids.indexOf(at);
    find("number").textContent = `${ids.indexOf(at) + 1} / ${ids.length}`;
    for (const [name, word] of Object.entries(words)) {
      const button = find(name);
      button.setAttribute("aria-label", word.help);
      button.title = word.help;
      button.textContent = word.label;
    }
  };

  const screen = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  // The notes are in a window of their own, for the presenter's screen; its keys turn the slides too.
  const writeNotes = () => {
    if (!deck.window || deck.window.closed) return;
    const { body } = deck.window.document;
    const { headline, lines, next, words, number } = document.deckNotes;
    const line = (tag, textContent) => Object.assign(deck.window.document.createElement(tag), { textContent });
    deck.window.document.title = words.title;
    body.replaceChildren(line("small", number), line("h1", headline), ...lines.map((one) => line("p", one)));
    if (next) body.append(line("h2", words.next), line("p", next));
  };
  const notes = () => {
    deck.window = window.open("", "frontline-notes", "popup,width=900,height=760");
    if (!deck.window) return (find("notes").textContent = document.deckNotes.words.blocked);
    const style = deck.window.document.createElement("style");
    style.textContent = NOTES_STYLE;
    deck.window.document.head.replaceChildren(style);
    deck.window.document.onkeydown = onKey;
    writeNotes();
    deck.window.focus();
  };
  const actions = {
    back: () => deck.go(deck.at - 1),
    forward: () => deck.go(deck.at + 1),
    leave: () => {
      if (document.fullscreenElement) document.exitFullscreen();
      deck.leave();
    },
    screen,
    notes,
  };
  for (const [name, act] of Object.entries(actions)) {
    find(name).onclick = (event) => {
      act();
      if (event.detail) find(name).blur(); // a button that was clicked does not keep the keys
    };
  }

  // Right after a drag the button is not there yet: the server hears of the lever first.
  const putBack = (until) => {
    const button = document.querySelector(".st-key-put-back button");
    if (button) button.click();
    else if (performance.now() < until) deck.waiting = setTimeout(() => putBack(until), 50);
  };
  const onKey = (event) => {
    if (event.key === "Tab") deck.pointed = false;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    clearTimeout(deck.waiting);
    const focus = event.composedPath()[0];
    const dragged = deck.pointed && focus.matches?.(HANDLE);
    if (dragged) focus.blur();
    const own = !dragged && focus.closest?.("input, textarea, select, [contenteditable], [role=slider]");
    const button = focus.closest?.("button, a, summary, [role=option], [role=radio]");
    if (event.key === "Escape") {
      if (document.fullscreenElement) return;
      if (own || document.querySelector("[data-testid=stPopoverBody]")) return own && own.blur();
      if (event.view !== window) return event.view.close();
      return actions.leave();
    }
    if (own && event.key === "Enter") setTimeout(() => own.blur()); // what was typed is done: the keys turn slides
    if (own && !REMOTE.includes(event.key)) return;
    if (button && event.key === " ") return;
    if (FORWARD.includes(event.key)) actions.forward();
    else if (BACK.includes(event.key)) actions.back();
    else if (event.key === "Home") deck.go(0);
    else if (event.key === "End") deck.go(deck.ids.length - 1);
    else if (event.key === "f") screen();
    else if (event.key === "n") notes();
    else if (event.key.toLowerCase() === "r") putBack(deck.released + PATIENCE);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  // A handle that was dragged does not keep the arrow keys; one reached with Tab does. Its slider may give it the focus
  // only after it was let go, so that a key asks once more; and it may have been dragged before the deck listened.
  const onPress = () => {
    clearTimeout(deck.waiting);
    deck.pointed = true;
  };
  const onRelease = () => {
    const focus = document.activeElement;
    const inner = focus?.shadowRoot?.activeElement ?? focus;
    deck.released = performance.now();
    if (inner?.matches(HANDLE)) inner.blur();
  };
  const listeners = [
    ["keydown", onKey, true],
    ["pointerdown", onPress, true],
    ["pointerup", onRelease, false],
    ["deck-notes", writeNotes, false],
  ];
  for (const listener of listeners) document.addEventListener(...listener);
  onRelease();
  deck.close = () => {
    deck.window?.close();
    clearTimeout(deck.waiting);
    for (const listener of listeners) document.removeEventListener(...listener);
  };
  decks.set(parent, deck);
  return deck;
}
