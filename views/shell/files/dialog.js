// Selects the words in the first box of a dialog, so that the reader can type over them.
const ready = new WeakSet();
const BOX = "[role=dialog] :is(input[type=text], textarea)";

export default function ({ parentElement }) {
  if (ready.has(parentElement)) return;
  ready.add(parentElement);
  const words = document.querySelector(BOX)?.value;
  // The framework sets the focus first; a reader who is quicker keeps his place and what he has typed.
  setTimeout(() => {
    const first = document.querySelector(BOX);
    const here = document.activeElement;
    if (here !== first && here?.matches(BOX)) return;
    if (words === undefined || first?.value === words) first?.select();
  }, 100);
}
