// Tells the force bar, which no replay draws again, whether the pictures show how things are now.

export default function ({ data }) {
  const tell = (now) => document.dispatchEvent(new CustomEvent("frontline-now", { detail: now }));
  tell(data.now);
  return () => tell(false);
}
