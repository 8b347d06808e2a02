// A dialog that asks for words begins in its first box, with what stands there ready to be typed over.
const begun = new WeakSet();

export default function ({ parentElement }) {
  if (begun.has(parentElement)) return;
  begun.add(parentElement);
  // The framework's own focus comes first.
  setTimeout(() => document.querySelector("[role=dialog] input[type=text]")?.select(), 100);
}
