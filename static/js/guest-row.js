/** An invitee and the items they are admitted to. Properties: person (a row of `people`), agenda, over. Event: carry-out. */
import { html } from "lit"
import { carryOut, refusalWords } from "./carry-out.js"
import { icon } from "./icon.js"
import "./item-choice.js"
import { LightElement } from "./light-element.js"
import { pick, say } from "./words.js"

class GuestRow extends LightElement {
  static properties = {
    person: { attribute: false },
    agenda: { attribute: false },
    over: { type: Boolean },
    seen: { state: true },
    refusal: { state: true },
  }

  render() {
    const { person } = this
    if (!person) return ""
    return html`<div class="guest-row">
      <div class="guest-who"><strong>${pick(person.office)}</strong><span class="roll-facts">${this.items()}</span></div>
      ${this.over || this.seen ? "" : html`<button class="button" aria-label="${say("admit")}: ${pick(person.office)}"
        @click=${() => (this.seen = person.items)}>${icon("list-checks")} ${say("admit")}</button>`}
      ${this.seen ? this.form() : ""}
      ${this.refusal ? html`<p class="field-error" role="alert">${this.refusal}</p>` : ""}
    </div>`
  }

  items() {
    const numbers = this.agenda.items.filter(({ id }) => this.person.items.includes(id)).map(({ number }) => number)
    return numbers.length > 0 ? say("admitted_to", { numbers: numbers.join(", ") }) : say("admitted_to_none")
  }

  form() {
    return html`<form class="stack" @submit=${this.save}>
      <item-choice .agenda=${this.agenda} .chosen=${this.seen} legend=${say("admit_items", { who: pick(this.person.office) })}></item-choice>
      <div class="form-actions"><button class="button" data-kind="primary">${say("admit_save")}</button>
        <button class="button" type="button" @click=${() => (this.seen = undefined)}>${say("cancel")}</button></div>
    </form>`
  }

  /** Only what was ticked or unticked here is changed: another secretary may have admitted to other items meanwhile. */
  async save(event) {
    event.preventDefault()
    const ticked = new FormData(event.target).getAll("items").map(Number)
    const added = ticked.filter((item) => !this.seen.includes(item))
    const removed = this.seen.filter((item) => !ticked.includes(item))
    const wanted = new Set([...this.person.items.filter((item) => !removed.includes(item)), ...added])
    const items = this.agenda.items.map(({ id }) => id).filter((item) => wanted.has(item))
    const answer = await carryOut(this, { do: "admit_invitee", person: this.person.person, items })
    this.refusal = refusalWords(answer)
    if (answer.done) this.seen = undefined
  }
}
customElements.define("guest-row", GuestRow)
