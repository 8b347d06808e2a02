// Tells the server once that nothing was drawn here for so many milliseconds.
export default function ({ data, setTriggerValue }) {
  const timer = setTimeout(() => setTriggerValue("rested", data.drawing), data.milliseconds);
  return () => clearTimeout(timer);
}
