// Leaving a form that was typed in asks first; sending it does not.
const typed = new Set()

document.addEventListener("input", (event) => {
  const form = event.target.form
  if (form?.method === "post") typed.add(form)
})
document.addEventListener("submit", (event) => typed.delete(event.target))
addEventListener("beforeunload", (event) => {
  if ([...typed].some((form) => form.isConnected)) event.preventDefault()
})
