// Keeps the name that a reader gave once, for his later visits with this browser.
export default function ({ data }) {
  document.cookie = `${data.cookie}=${encodeURIComponent(data.name)}; path=/; max-age=31536000; SameSite=Lax`;
}
