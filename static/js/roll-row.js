/**
 * One person in the roll call. Properties: person (a row of `people`), people, sent (the outbox entry of my last mark, if
 * it is under way), online, over. Event: carry-out.
 */
import { html } from "lit"
import { carryOut, refusalWords } from "./carry-out.js"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { clock } from "./local-time.js"
import { MEMBERS, roleWords } from "./people-view.js"
import { pick, say } from "./words.js"

const STATUSES = ["present", "excused", "unexcused", "left"]

class RollRow extends LightElement {
  static properties = {
    person: { attribute: false },
    people: { attribute: false },
    sent: { attribute: false },
    online: { type: Boolean },
    over: { type: Boolean },
    opened: { state: true },
    typed: { state: true },
    refusal: { state: true },
  }

  /** What was asked shows at once, and that it is not recorded yet. */
  get status() {
    return this.sent ? (this.sent.message.status ?? null) : this.person.status
  }

  /** Marking somebody moves nothing: note and way back open at the name, where the finger is not. */
  render() {
    const { person } = this
    if (!person) return ""
    return html`<div class="roll-row" data-status=${this.status ?? ""} ?data-sent=${this.sent}>
      ${this.who(person)}
      <div class="roll-marks" role="group" aria-label="${say("roll_call")}: ${pick(person.office)}">
        ${STATUSES.map((status) => this.mark(status))}
      </div>
      ${this.opened && !this.over ? this.more() : ""}
      ${this.refusal ? html`<p class="field-error" role="alert">${this.refusal}</p>` : ""}
    </div>`
  }

  who(person) {
    const words = html`<strong>${pick(person.office)}</strong><span class="roll-facts">${this.facts()}</span>
      ${person.note ? html`<span class="roll-note">${person.note}</span>` : ""}`
    if (this.over) return html`<div class="roll-who">${words}</div>`
    return html`<button class="roll-who" aria-expanded=${this.opened ? "true" : "false"} title=${say("roll_more")} @click=${() => (this.opened = !this.opened)}>
      ${words}<span class="sr-only">${say("roll_more")}</span></button>`
  }

  facts() {
    const { person } = this
    const role = MEMBERS.has(person.role) ? "" : roleWords(person, this.people)
    return html`${[role, person.at ? clock(person.at) : ""].filter(Boolean).join(" · ")}
      ${this.online ? html`<span class="roll-online">${say("tablet_online")}</span>` : ""}
      ${this.sent ? html`<span class="roll-sent">${say("not_recorded_yet")}</span>` : ""}`
  }

  mark(status) {
    const isMarked = this.status === status
    return html`<button class="roll-mark" data-status=${status} aria-pressed=${isMarked ? "true" : "false"} ?disabled=${this.over}
      @click=${() => this.send(status, this.person.note)}>${isMarked ? icon("check") : ""}<span aria-hidden="true">${say(`mark_${status}`)}</span>
      <span class="sr-only">${say(`status_${status}`)}</span></button>`
  }

  more() {
    if (this.status === null) return html`<p class="roll-more soft">${say("roll_mark_first")}</p>`
    const label = `${say("roll_note")}: ${pick(this.person.office)}`
    return html`<div class="roll-more">
      <input class="input roll-note-field" aria-label=${label} placeholder=${say("roll_note")} maxlength="500"
        .value=${this.typed ?? this.person.note} @input=${(event) => (this.typed = event.target.value)} @change=${this.saveNote}>
      <button class="button" data-kind="quiet" @click=${() => this.send(null, "")}>${icon("undo-2")} ${say("roll_clear")}</button>
    </div>`
  }

  async saveNote() {
    const note = this.typed.trim()
    await this.send(this.status, note)
    if (this.refusal === "" && this.typed?.trim() === note) this.typed = undefined
  }

  async send(status, note) {
    this.refusal = ""
    if (status === null) this.typed = undefined
    const command = { do: "mark_presence", person: this.person.person, status, note: this.typed?.trim() ?? note }
    this.refusal = refusalWords(await carryOut(this, command))
  }
}
customElements.define("roll-row", RollRow)
