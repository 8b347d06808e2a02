// Says over the page which state the pictures show, and in the same breath tells the force bar, which no replay draws
// again: so both show the same.

export default function ({ data, parentElement }) {
  const tell = (now) => document.dispatchEvent(new CustomEvent("frontline-now", { detail: now }));
  const sign = parentElement.querySelector("[role=status]");
  sign.className = `replay ${data.which}`;
  sign.textContent = data.caption;
  tell(data.which === "now");
  return () => tell(false);
}
