// Tells the server once that nothing was drawn here for so many milliseconds.
export default function ({ data, setTriggerValue }) {
  if (!data.milliseconds) return;
  const timer = setTimeout(() => setTriggerValue("rested", data.drawing), data.milliseconds);
  return () => clearTimeout(timer);
}
