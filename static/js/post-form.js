// A plain form sent in the background: the answer is the page that the browser would have shown.

/** One-time keys need no secure context: crypto.randomUUID would be missing on plain http in a meeting room. */
export function newFormKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}

export async function postForm(address, fields) {
  const csrf_token = document.querySelector("input[name=csrf_token]").value
  const body = new URLSearchParams({ csrf_token, form_key: newFormKey(), ...fields })
  const answer = await fetch(address, { method: "POST", body, headers: { Accept: "text/html" } })
  return readPage(await answer.text())
}

export function readPage(text) {
  return new DOMParser().parseFromString(text, "text/html")
}
