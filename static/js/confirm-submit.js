// A form with data-confirm="words" asks first, in the page's own dialog.
const dialog = document.createElement("dialog")
dialog.setAttribute("aria-labelledby", "confirm-words")
dialog.innerHTML = `<p id="confirm-words"></p><form method="dialog" class="dialog-actions">
  <button class="button" value="no"></button><button class="button" data-kind="primary" value="yes"></button></form>`

let waiting

document.addEventListener("submit", (event) => {
  const words = event.submitter?.dataset.confirm ?? event.target.dataset.confirm
  if (!words || waiting?.confirmed === event.target) return
  event.preventDefault()
  waiting = { form: event.target, submitter: event.submitter }
  document.body.append(dialog)
  dialog.querySelector("p").textContent = words
  const [no, yes] = dialog.querySelectorAll("button")
  no.textContent = document.body.dataset.no
  yes.textContent = event.submitter?.textContent.trim() || document.body.dataset.yes
  dialog.showModal()
})

dialog.addEventListener("close", () => {
  if (dialog.returnValue !== "yes") return
  const { form, submitter } = waiting
  waiting = { confirmed: form }
  form.requestSubmit(submitter)
  waiting = undefined
})
