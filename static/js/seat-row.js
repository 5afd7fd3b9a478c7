/**
 * The members as small seats, in order of precedence: who is absent, present, has voted; and once a result of an open
 * vote is published, how. Properties: seats, present (seat ids), voted (seat ids), votes ({seat: [option]}), options, mine.
 */
import { html } from "lit"
import { LightElement } from "./light-element.js"
import { pick, say } from "./words.js"
import { voteSign } from "./vote-sign.js"

class SeatRow extends LightElement {
  static properties = {
    seats: { attribute: false },
    present: { attribute: false },
    voted: { attribute: false },
    votes: { attribute: false },
    options: { attribute: false },
    mine: { attribute: false },
  }

  render() {
    if (!this.seats) return ""
    const facts = { voted: this.voted?.length ?? 0, all: this.seats.length, present: this.present?.length ?? 0 }
    return html`<div class="seats" role="img" aria-label=${say(this.label, facts)}>
      ${this.seats.map((seat) => this.seat(seat))}
    </div>`
  }

  get label() {
    if (this.votes) return "seats_result"
    return this.voted ? "seats_voted" : "seats_present"
  }

  seat({ seat, office }) {
    const option = this.optionOf(seat)
    const state = this.stateOf(seat)
    const words = option ? pick(option.words) : say(`seat_${state}`)
    return html`<span class="seat" data-state=${state} data-side=${option?.side ?? ""} ?data-mine=${seat === this.mine}
      title="${pick(office)}: ${words}">${voteSign(option?.side)}</span>`
  }

  stateOf(seat) {
    if (this.voted?.includes(seat)) return "voted"
    if (this.votes) return "no_ballot"
    return this.present?.includes(seat) ? "present" : "absent"
  }

  optionOf(seat) {
    const choice = this.votes?.[seat]
    return choice?.length === 1 ? this.options.find((option) => option.id === choice[0]) : undefined
  }
}
customElements.define("seat-row", SeatRow)
