/**
 * The roll call: everybody who takes part, one tap to mark them. Properties: people (rows of the part `people`), online
 * (person ids), pending (outbox entries), over (the meeting is). Event: carry-out.
 *
 * A row that no longer fits the filter stays until the filter is chosen anew: nothing moves under the finger that goes
 * down the list.
 */
import { html } from "lit"
import { repeat } from "lit/directives/repeat.js"
import "./roll-row.js"
import { LightElement } from "./light-element.js"
import { MEMBERS } from "./people-view.js"
import { say } from "./words.js"

const FILTERS = {
  all: () => true,
  unmarked: ({ status }) => status === null,
  present: ({ status }) => status === "present",
  away: ({ status }) => status !== null && status !== "present",
}
const GROUPS = [
  ["members", (person) => MEMBERS.has(person.role)],
  ["others", (person) => !MEMBERS.has(person.role)],
]

class RollCall extends LightElement {
  static properties = {
    people: { attribute: false },
    online: { attribute: false },
    pending: { attribute: false },
    over: { type: Boolean },
    filter: { state: true },
  }

  constructor() {
    super()
    this.filter = "all"
    this.kept = new Set()
  }

  willUpdate(changed) {
    if (!changed.has("people") || !this.people) return
    for (const person of this.listed.filter(FILTERS[this.filter])) this.kept.add(person.person)
  }

  get listed() {
    return this.people.filter(({ role }) => role !== "screen")
  }

  render() {
    if (!this.people) return ""
    return html`<section class="roll" aria-labelledby="roll-title">
      <h2 class="sr-only" id="roll-title">${say("roll_call")}</h2>
      <div class="roll-filters" role="group" aria-label=${say("roll_filter")}>${Object.keys(FILTERS).map((name) => this.choice(name))}</div>
      ${GROUPS.map(([name, belongs]) => this.group(name, this.listed.filter(belongs)))}
    </section>`
  }

  counts(people) {
    const count = (wanted) => people.filter(({ status }) => status === wanted).length
    return html`<ul class="roll-counts">${["present", "excused", "unexcused", "left", null].map((status) => html`
      <li><strong>${count(status)}</strong> ${say(`roll_count_${status ?? "unmarked"}`)}</li>`)}</ul>`
  }

  choice(name) {
    const count = this.listed.filter(FILTERS[name]).length
    return html`<button class="roll-filter" aria-pressed=${this.filter === name ? "true" : "false"} @click=${() => this.choose(name)}>
      ${say(`roll_${name}`)} <span>${count}</span></button>`
  }

  choose(name) {
    this.filter = name
    this.kept = new Set(this.listed.filter(FILTERS[name]).map(({ person }) => person))
  }

  group(name, people) {
    const shown = people.filter(({ person }) => this.filter === "all" || this.kept.has(person))
    if (people.length === 0) return ""
    return html`<header class="roll-group"><h3>${say(`roll_group_${name}`, { count: people.length })}</h3>${this.counts(people)}</header>
      ${shown.length === 0 ? html`<p class="soft roll-none">${say("roll_nobody")}</p>` : html`
        <ul class="roll-list">${repeat(shown, ({ person }) => person, (person) => this.row(person))}</ul>`}`
  }

  row(person) {
    const sent = this.pending?.findLast(({ message }) => message.do === "mark_presence" && message.person === person.person)
    return html`<li><roll-row .person=${person} .people=${this.people} .sent=${sent} ?online=${this.online?.includes(person.person)}
      ?over=${this.over}></roll-row></li>`
  }
}
customElements.define("roll-call", RollCall)
