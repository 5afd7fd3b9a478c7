/**
 * A late paper for an item: a PDF with what it is called, its way to the server shown. What was typed and chosen stays
 * until the meeting has taken it. Properties: meeting (id), item, token (CSRF), over. Events: field-focus, field-blur.
 */
import { html } from "lit"
import { refusalWords } from "./carry-out.js"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { freshId } from "./live-connection.js"
import { sendForm } from "./send-form.js"
import { say } from "./words.js"

class LatePaper extends LightElement {
  static properties = {
    meeting: { attribute: false },
    item: { attribute: false },
    token: { attribute: false },
    over: { type: Boolean },
    open: { state: true },
    progress: { state: true },
    problems: { state: true },
    refusal: { state: true },
    said: { state: true },
  }

  render() {
    if (this.over) return ""
    if (!this.open) {
      return html`<button class="button" @click=${this.start}>${icon("file-plus-2")} ${say("paper_add")}</button>
        <p class="field-hint" role="status">${this.said}</p>`
    }
    const isSending = this.progress !== undefined
    return html`<form class="late-paper stack" novalidate @submit=${this.send}>
      <h3>${say("paper_add")}</h3>
      ${this.field("file", say("paper_file"), html`<input id="paper-file" name="file" type="file" accept="application/pdf,.pdf" ?disabled=${isSending}>`)}
      ${this.line("title_vi", `${say("title_vi")} (${say("paper_title_hint")})`)}
      <details class="late-paper-more"><summary>${say("paper_more")}</summary>
        ${this.line("title_en", `${say("title_en")} (${say("optional")})`)}
        ${this.line("number", `${say("paper_number")} (${say("optional")})`)}
      </details>
      ${isSending ? this.bar() : ""}
      ${this.refusal ? html`<p class="notice" data-tone="bad" role="alert"><span>${this.refusal}</span></p>` : ""}
      <div class="form-actions">
        <button class="button" data-kind="primary" ?disabled=${isSending}>${say("paper_send")}</button>
        <button class="button" type="button" @click=${this.stop}>${say("cancel")}</button>
      </div>
    </form>`
  }

  line(name, label) {
    return this.field(name, label, html`<input id="paper-${name}" name=${name} maxlength="1000">`)
  }

  field(name, label, input) {
    return html`<div class="field"><label for="paper-${name}">${label}</label>${input}
      <span class="field-error" role="alert">${this.problems?.[name]}</span></div>`
  }

  bar() {
    const isSent = this.progress >= 1
    return html`<p class="late-paper-progress" role="status">
      ${isSent ? html`<progress max="1"></progress>` : html`<progress max="1" value=${this.progress}></progress>`}
      <span>${isSent ? say("paper_checking") : say("paper_sent_part", { percent: Math.floor(this.progress * 100) })}</span></p>`
  }

  async start() {
    this.open = true
    this.emit("field-focus")
    this.said = ""
    this.sentId = freshId()
    await this.updateComplete
    this.querySelector("[name=file]").focus()
  }

  stop() {
    this.abort?.abort()
    this.problems = this.refusal = undefined
    this.close()
  }

  async close() {
    this.open = false
    await this.updateComplete
    this.emit("field-blur")
  }

  async send(event) {
    event.preventDefault()
    if (this.progress !== undefined) return
    const body = new FormData(event.target)
    for (const [name, value] of [["id", this.sentId], ["item", this.item], ["csrf_token", this.token]]) body.append(name, value)
    this.problems = this.refusal = undefined
    this.progress = 0
    this.abort = new AbortController()
    const onProgress = (part) => (this.progress = part)
    const answer = await sendForm(`/api/meetings/${this.meeting}/papers`, body, { onProgress, signal: this.abort.signal })
    this.progress = undefined
    this.take(answer)
  }

  take(answer) {
    if (!this.open) return
    this.problems = answer.problems
    this.refusal = refusalWords(answer)
    if (!answer.done) return
    this.said = say("paper_added")
    this.close()
  }
}
customElements.define("late-paper", LatePaper)
