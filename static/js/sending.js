// A form that takes its time shows that it is under way; pressing again would change nothing, the server counts it once.
const SHOWN_AFTER_MS = 300

document.addEventListener("submit", (event) => {
  const button = event.submitter
  // Later listeners may still stop it: a question first, or a field that is missing.
  setTimeout(() => {
    if (!event.defaultPrevented && button) button.dataset.busy = ""
  }, SHOWN_AFTER_MS)
})

// Back to this page by the browser's own button.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return
  for (const button of document.querySelectorAll("[data-busy]")) delete button.dataset.busy
})
