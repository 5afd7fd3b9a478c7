// Uploads with their progress, from the form or by dropping PDF files on an item; without this file the form works alone.
import { newFormKey, readPage } from "./post-form.js"
import { say } from "./words.js"

document.addEventListener("submit", (event) => {
  const form = event.target
  if (!form.closest(".desk-right") || form.enctype !== "multipart/form-data" || event.defaultPrevented) return
  const files = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files])
  if (files.length === 0) return
  event.preventDefault()
  send(form.action, new FormData(form, event.submitter), files, form)
})

document.addEventListener("dragover", (event) => {
  mark(event.dataTransfer?.types.includes("Files") ? rowOf(event) : null)
  if (rowOf(event) && event.dataTransfer?.types.includes("Files")) event.preventDefault()
})
document.addEventListener("dragleave", () => mark(null))
document.addEventListener("drop", (event) => {
  const row = rowOf(event)
  mark(null)
  if (!row || !event.dataTransfer.files.length) return
  event.preventDefault()
  const { base } = row.closest("agenda-editor").dataset
  const body = new FormData()
  body.append("csrf_token", document.querySelector("input[name=csrf_token]").value)
  body.append("form_key", newFormKey())
  // What the form of a new paper would say before anything is typed.
  body.append("new_kind", "other")
  body.append("new_language", row.closest("agenda-editor").dataset.language)
  for (const file of event.dataTransfer.files) body.append("files", file)
  const item = row.closest(".plan-item").dataset.item
  send(`${base}/items/${item}/papers`, body, [...event.dataTransfer.files], row)
})

function rowOf(event) {
  return event.target.closest?.("agenda-editor .plan-row")
}

function mark(row) {
  for (const other of document.querySelectorAll(".plan-row[data-drop]")) if (other !== row) delete other.dataset.drop
  if (row) row.dataset.drop = say("desk_drop_here")
}

function send(address, body, files, beside) {
  const shown = progressFor(files, beside)
  const request = new XMLHttpRequest()
  request.upload.addEventListener("progress", ({ loaded, total }) => shown.at(loaded / total))
  request.addEventListener("error", () => shown.fail())
  request.addEventListener("load", () => show(request, shown))
  request.open("POST", address)
  request.send(body)
}

/** Done: to the page that the server leads to. Refused: its page takes the place of the panel, reasons included. */
function show(request, shown) {
  if (request.status < 400) return location.assign(request.responseURL)
  const fresh = readPage(request.responseText).querySelector(".desk-right")
  if (!fresh) return shown.fail(readPage(request.responseText).querySelector("main h1")?.textContent)
  shown.remove()
  const panel = document.querySelector(".desk-right")
  panel.replaceWith(fresh)
  document.querySelector(".desk-split").dataset.focus = "panel"
  const summary = fresh.querySelector("#error-summary")
  summary?.scrollIntoView({ block: "center" })
  summary?.focus()
}

function progressFor(files, beside) {
  const line = document.createElement("div")
  line.className = "plan-progress"
  line.setAttribute("role", "status")
  const words = document.createElement("p")
  words.textContent = say("desk_sending", { names: files.map((file) => file.name).join(", ") })
  const bar = document.createElement("progress")
  bar.max = 1
  bar.setAttribute("aria-label", words.textContent)
  line.append(words, bar)
  document.querySelector(".plan-progress")?.remove()
  beside.after(line)
  return {
    at(part) {
      if (part < 1) bar.value = part
      else bar.removeAttribute("value")
      words.textContent = part < 1 ? say("desk_sent_part", { percent: Math.floor(part * 100) }) : say("desk_checking")
    },
    fail(reason) {
      line.className = "notice"
      line.dataset.tone = "bad"
      line.setAttribute("role", "alert")
      line.replaceChildren(reason || say("desk_not_sent"))
    },
    remove() {
      line.remove()
    },
  }
}
