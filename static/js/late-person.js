/**
 * Somebody who comes after the call: an invitee with the items, a substitute for a member, a secretary, a screen.
 * Properties: meeting (id), token (CSRF), agenda, people.
 */
import { html } from "lit"
import { refusalWords } from "./carry-out.js"
import { icon } from "./icon.js"
import "./item-choice.js"
import { LightElement } from "./light-element.js"
import { freshId } from "./live-connection.js"
import { MEMBERS, folded } from "./people-view.js"
import { sendForm } from "./send-form.js"
import { pick, say } from "./words.js"

const ROLES = ["invitee", "substitute", "secretariat", "screen"]
const SHOWN = 8

class LatePerson extends LightElement {
  static properties = {
    meeting: { attribute: false },
    token: { attribute: false },
    agenda: { attribute: false },
    people: { attribute: false },
    open: { state: true },
    role: { state: true },
    sought: { state: true },
    chosen: { state: true },
    candidates: { state: true },
    problems: { state: true },
    refusal: { state: true },
    said: { state: true },
    sending: { state: true },
  }

  render() {
    if (!this.open) {
      return html`<button class="button" @click=${this.start}>${icon("user-plus")} ${say("person_add")}</button>
        <p class="field-hint" role="status">${this.said}</p>`
    }
    return html`<form class="late-person stack" novalidate @submit=${this.send}>
      <h3>${say("person_add")}</h3>
      <fieldset class="field"><legend>${say("person_role")}</legend><div class="item-kinds">
        ${ROLES.map((role) => html`<label class="choice"><input type="radio" name="role" value=${role} .checked=${this.role === role}
          @change=${() => this.chooseRole(role)}>${say(`role_${role}`)}</label>`)}</div>
        ${this.problem("role")}</fieldset>
      ${this.search()}
      ${this.role === "substitute" ? this.seat() : ""}
      ${this.role === "invitee" ? html`<item-choice .agenda=${this.agenda} .chosen=${[]} legend=${say("person_items")}></item-choice>` : ""}
      ${this.refusal ? html`<p class="notice" data-tone="bad" role="alert"><span>${this.refusal}</span></p>` : ""}
      <div class="form-actions">
        <button class="button" data-kind="primary" ?disabled=${this.sending}>${say("person_send")}</button>
        <button class="button" type="button" @click=${() => (this.open = false)}>${say("cancel")}</button>
      </div>
    </form>`
  }

  search() {
    const found = this.found
    return html`<div class="field">
      <label for="person-search">${say("person_search")}</label>
      <input id="person-search" type="search" autocomplete="off" aria-describedby="person-found" .value=${this.sought}
        @input=${(event) => (this.sought = event.target.value)} @keydown=${(event) => event.key === "Enter" && event.preventDefault()}>
      <p class="field-hint" id="person-found" role="status">${this.foundWords(found)}</p>
      <div class="person-found">${found.slice(0, SHOWN).map((person) => this.candidate(person))}</div>
      ${this.problem("person")}
    </div>`
  }

  get found() {
    const words = folded(this.sought).split(/\s+/).filter(Boolean)
    const isScreen = this.role === "screen"
    return (this.candidates ?? []).filter((person) => (person.kind === "screen") === isScreen && words.every((word) => person.sought.includes(word)))
  }

  foundWords(found) {
    if (!this.candidates) return say("person_loading")
    if (found.length === 0) return say("person_none")
    return found.length > SHOWN ? say("person_more", { shown: SHOWN, count: found.length }) : say("person_count", { count: found.length })
  }

  candidate({ person, office, agency }) {
    return html`<label class="choice"><input type="radio" name="person" value=${person} .checked=${this.chosen === person}
      @change=${() => (this.chosen = person)}><span>${pick(office)} <span class="soft">${pick(agency)}</span></span></label>`
  }

  seat() {
    const members = this.people.filter(({ role }) => MEMBERS.has(role))
    return html`<p class="field"><label for="person-seat">${say("person_seat")}</label>
      <select id="person-seat" name="stands_for">${members.map(({ person, office }) => html`<option value=${person}>${pick(office)}</option>`)}</select></p>`
  }

  problem(name) {
    return html`<span class="field-error" role="alert">${this.problems?.[name]}</span>`
  }

  async start() {
    Object.assign(this, { open: true, role: "invitee", sought: "", chosen: undefined, said: "", problems: undefined, refusal: undefined, sentId: freshId() })
    await this.load()
  }

  async load() {
    try {
      const answer = await fetch(`/api/meetings/${this.meeting}/candidates`, { headers: { Accept: "application/json" } })
      const { people } = await answer.json()
      this.candidates = people.map((person) => ({ ...person, sought: folded(`${person.office.vi} ${person.office.en} ${pick(person.agency)}`) }))
    } catch {
      this.refusal = say("form_not_sent")
    }
  }

  chooseRole(role) {
    this.role = role
    this.chosen = undefined
  }

  async send(event) {
    event.preventDefault()
    if (this.sending) return
    const body = new FormData(event.target)
    body.append("id", this.sentId)
    body.append("csrf_token", this.token)
    this.sending = true
    const answer = await sendForm(`/api/meetings/${this.meeting}/participants`, body)
    this.sending = false
    this.problems = answer.problems
    this.refusal = refusalWords(answer)
    if (!answer.done) return
    this.open = false
    this.said = say("person_added")
  }
}
customElements.define("late-person", LatePerson)
