/**
 * The votes to watch: the one that is open wherever it is, then those on the item on view, newest first. Who has voted
 * and who has not; a count by hand; results. Properties: polls ([id, part]), row (of the item on view), seats, presence,
 * online, people, me, agenda. Events: carry-out.
 */
import { html } from "lit"
import { repeat } from "lit/directives/repeat.js"
import "./hand-count.js"
import "./seat-row.js"
import "./vote-result.js"
import { LightElement } from "./light-element.js"
import { rowOf } from "./room-view.js"
import { pick, say } from "./words.js"

class ItemVotes extends LightElement {
  static properties = {
    polls: { attribute: false },
    row: { attribute: false },
    seats: { attribute: false },
    presence: { attribute: false },
    online: { attribute: false },
    people: { attribute: false },
    me: { attribute: false },
    agenda: { attribute: false },
  }

  render() {
    if (!this.polls) return ""
    const open = this.polls.filter(([, { state }]) => state === "open")
    const others = this.polls.filter(([, { state, item }]) => state !== "open" && item === this.row?.id).reverse()
    const shown = [...open, ...others]
    return html`<section class="watch" aria-labelledby="watch-title">
      <h2 class="sr-only" id="watch-title">${say("votes_on_item")}</h2>
      ${shown.length === 0 ? html`<p class="empty">${say("no_votes_here")}</p>` : ""}
      ${repeat(shown, ([id]) => id, ([id, poll]) => this.poll(id, poll))}
    </section>`
  }

  poll(id, poll) {
    const number = rowOf(this.agenda, poll.item)?.number
    return html`<article class="watch-poll" data-state=${poll.state} id="watch-${id}" aria-label=${pick(poll.question)}>
      <p class="watch-kicker"><span>${say("vote_on_item", { number })}${poll.replaces ? ` · ${say("repeat_of")}` : ""}</span>
        <span class="badge" data-tone=${poll.state === "open" ? "primary" : ""}>${say(`state_poll_${poll.state}`)}</span></p>
      <h3 class="watch-question">${pick(poll.question)}</h3>
      <p class="sheet-rule">${pick(poll.rule)}</p>
      ${this.body(id, poll)}
    </article>`
  }

  body(id, poll) {
    if (poll.state === "draft") return html`<p class="soft">${say("watch_draft")}</p>`
    if (poll.state === "void") return html`<p class="notice" data-tone="warn"><span>${say("void", { reason: poll.void_reason })}</span></p>`
    if (poll.state === "open") return this.open(id, poll)
    return html`${poll.state === "closed" ? html`<p class="notice" data-tone="warn"><span>${say("closed_preview")}</span></p>` : ""}
      ${poll.result ? html`<vote-result .poll=${poll} .seats=${this.seats}></vote-result>` : ""}`
  }

  open(id, poll) {
    const chair = this.seats?.find(({ role }) => role === "chair")?.seat
    return html`<p class="watch-number"><strong>${poll.voted}</strong><span>/${poll.electorate}</span> <span>${say("have_voted")}</span></p>
      <seat-row .seats=${this.seats} .present=${this.presence?.seats} .voted=${poll.voted_seats}></seat-row>
      ${this.missing(poll)}
      <hand-count .name=${id} .poll=${poll} .chair=${chair} .people=${this.people} .me=${this.me}></hand-count>`
  }

  missing({ missing = [], count }) {
    if (missing.length === 0) return html`<p class="watch-all">${say("all_present_voted")}</p>`
    const seats = this.seats.filter(({ seat }) => missing.includes(seat))
    return html`<div><p class="watch-missing">${say(count ? "count_left" : "not_voted_yet", { count: missing.length })}</p>
      <ul class="names">${seats.map(({ seat, office }) => html`<li>${pick(office)}${this.online?.includes(seat) ? "" : html` <span class="offline">(${say("offline_seat")})</span>`}</li>`)}</ul></div>`
  }
}
customElements.define("item-votes", ItemVotes)
