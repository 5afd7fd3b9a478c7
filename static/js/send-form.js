/**
 * A form to the server outside of the live connection: files and people of the desk.
 *
 *   const answer = await sendForm(address, formData, { onProgress, signal })
 *   {done}, {refused}, {problems: {field: words}} or {problem: words}, the last when the server could not be asked
 */
import { goToSignIn } from "./live-page.js"
import { say } from "./words.js"

export function sendForm(address, body, { onProgress = () => {}, signal } = {}) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total)
    request.onload = () => resolve(read(request))
    request.onerror = () => resolve({ problem: say("form_not_sent") })
    request.onabort = () => resolve({ problem: say("form_stopped") })
    signal?.addEventListener("abort", () => request.abort())
    request.open("POST", address)
    request.send(body)
  })
}

function read({ status, responseText }) {
  if (status === 401) goToSignIn()
  try {
    const answer = JSON.parse(responseText)
    if (answer.done || answer.refused || answer.problems) return answer
  } catch {
    // A proxy's own page.
  }
  return { problem: say(status === 413 ? "form_too_large" : status === 507 ? "form_disk_full" : "form_failed", { status }) }
}
