/**
 * Who attends beside the members: invitees and the items they are admitted to, and the others; more can be added.
 * Properties: people, agenda, meeting (id), token, over. Event: carry-out.
 */
import { html } from "lit"
import { repeat } from "lit/directives/repeat.js"
import "./guest-row.js"
import "./late-person.js"
import { LightElement } from "./light-element.js"
import { MEMBERS, roleWords } from "./people-view.js"
import { pick, say } from "./words.js"

class GuestList extends LightElement {
  static properties = {
    people: { attribute: false },
    agenda: { attribute: false },
    meeting: { attribute: false },
    token: { attribute: false },
    over: { type: Boolean },
  }

  render() {
    if (!this.people) return ""
    const invitees = this.people.filter(({ role }) => role === "invitee")
    const others = this.people.filter(({ role }) => role !== "invitee" && !MEMBERS.has(role))
    return html`<section class="guests" aria-labelledby="guests-title">
      <h2 id="guests-title">${say("guests")}</h2>
      ${this.over ? "" : html`<late-person .meeting=${this.meeting} .token=${this.token} .agenda=${this.agenda} .people=${this.people}></late-person>`}
      <h3 class="chair-kicker">${say("invitees", { count: invitees.length })}</h3>
      ${invitees.length === 0 ? html`<p class="soft">${say("no_invitees")}</p>` : html`<ul class="roll-list">${repeat(invitees, ({ person }) => person, (person) => html`
        <li><guest-row .person=${person} .agenda=${this.agenda} ?over=${this.over}></guest-row></li>`)}</ul>`}
      <h3 class="chair-kicker">${say("other_people", { count: others.length })}</h3>
      <ul class="roll-list">${others.map((person) => html`<li class="guest-row"><strong>${pick(person.office)}</strong>
        <span class="roll-facts">${roleWords(person, this.people)}</span></li>`)}</ul>
    </section>`
  }
}
customElements.define("guest-list", GuestList)
