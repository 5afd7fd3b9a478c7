/**
 * A question in words before what cannot be undone. The safe answer has the focus.
 *
 *   const answer = await ask({ title, lines: [...], names: [...], yes: "...", no: "...", reason: "Lý do" })
 *   null when the person thinks better of it, else { reason } ("" where none was asked for)
 */
import { html } from "lit"
import { LightElement } from "./light-element.js"
import { say } from "./words.js"

export function ask(question) {
  const element = document.createElement("confirm-dialog")
  element.question = question
  document.body.append(element)
  return new Promise((resolve) => (element.resolve = resolve))
}

class ConfirmDialog extends LightElement {
  static properties = { question: { attribute: false }, problem: { state: true } }

  firstUpdated() {
    this.dialog.showModal()
  }

  get dialog() {
    return this.querySelector("dialog")
  }

  render() {
    const { title, lines = [], names = [], yes, no, reason } = this.question
    return html`<dialog class="confirm" aria-labelledby="confirm-title" @close=${() => this.finish(null)}>
      <form method="dialog" @submit=${this.confirm} novalidate>
        <h2 id="confirm-title">${title}</h2>
        ${lines.filter(Boolean).map((line) => html`<p>${line}</p>`)}
        ${names.length > 0 ? html`<ul class="names">${names.map((name) => html`<li>${name}</li>`)}</ul>` : ""}
        ${reason ? this.reasonField(reason) : ""}
        <div class="dialog-actions">
          <button class="button" type="button" ?autofocus=${!reason} @click=${() => this.dialog.close()}>${no}</button>
          <button class="button" data-kind="primary">${yes}</button>
        </div>
      </form>
    </dialog>`
  }

  reasonField(label) {
    return html`<p class="field">
      <label for="confirm-reason">${label}</label>
      <textarea id="confirm-reason" name="reason" rows="2" maxlength="500" required autofocus
        aria-invalid=${this.problem ? "true" : "false"} aria-describedby="confirm-problem"></textarea>
      <span class="field-error" id="confirm-problem" role="alert">${this.problem}</span>
    </p>`
  }

  confirm(event) {
    event.preventDefault()
    const reason = this.querySelector("textarea")?.value.trim() ?? ""
    if (this.question.reason && reason === "") {
      this.problem = say("reason_needed")
      this.querySelector("textarea").focus()
      return
    }
    this.finish({ reason })
    this.dialog.close()
  }

  finish(answer) {
    this.resolve(answer)
    this.resolve = () => {}
    // Removed after the dialog has given the focus back to where it was.
    if (!this.dialog.open) this.remove()
  }
}
customElements.define("confirm-dialog", ConfirmDialog)
