// A click on a link to a section turns to it without loading the page anew; a section turned to is shown from its top.
// Draws nothing. With a key held, or in a new tab, the browser follows the link's own address.

let shown = null;

export default function ({ data, setTriggerValue }) {
  if (shown !== null && shown !== data.section) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  shown = data.section;
  const heard = (event) => {
    const link = event.target.closest?.("a[data-section]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("section", link.dataset.section);
  };
  document.addEventListener("click", heard);
  return () => document.removeEventListener("click", heard);
}
