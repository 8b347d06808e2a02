// Selects the words in the first box of a dialog, so that the reader can type over them.
const ready = new WeakSet();

export default function ({ parentElement }) {
  if (ready.has(parentElement)) return;
  ready.add(parentElement);
  // The framework sets the focus first.
  setTimeout(() => document.querySelector("[role=dialog] input[type=text]")?.select(), 100);
}
