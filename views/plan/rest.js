// Tells the server once a drawing that nothing was drawn here for so many milliseconds.
const told = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  // What it tells makes the framework call it again with the same drawing.
  if (!data.milliseconds || told.get(parentElement) === data.drawing) return;
  const timer = setTimeout(() => {
    told.set(parentElement, data.drawing);
    setTriggerValue("rested", data.drawing);
  }, data.milliseconds);
  return () => clearTimeout(timer);
}
