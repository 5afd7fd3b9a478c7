/**
 * A vote while it runs, and between closing and publishing: how many have voted, never how.
 * Property: shown {poll, number, seats, presence}.
 */
import { html } from "lit"
import "./seat-row.js"
import { LightElement } from "./light-element.js"
import { pick, say } from "./words.js"

// How many seats at most stand in one row, in two, in three ...
const ROWS = [14, 40, 75, 120, 180, Infinity]

class ScreenVote extends LightElement {
  static properties = { shown: { attribute: false } }

  /** Rows of the same length. Set through the style object: the policy of the page allows no style attributes. */
  updated() {
    const count = this.shown?.seats?.length ?? 0
    const rows = ROWS.findIndex((most) => count <= most) + 1
    this.style.setProperty("--columns", Math.ceil(count / rows))
  }

  render() {
    const { poll } = this.shown ?? {}
    if (!poll) return ""
    const isOpen = poll.state === "open"
    return html`<section class="picture" data-kind="vote" ?data-open=${isOpen}>
      <p class="picture-kicker picture-now">${say(poll.replaces ? "screen_vote_repeat" : "screen_vote", { number: this.shown.number })}</p>
      <h1 class="picture-title picture-question">${pick(poll.question)}</h1>
      <div class="picture-progress">
        <p class="picture-number"><strong>${poll.voted}</strong><span>/${poll.electorate}</span></p>
        <p class="picture-count-words"><span>${isOpen ? say("screen_have_voted") : say("screen_closed_vote")}</span>
          <span class="picture-count-quorum">${this.more(poll, isOpen)}</span></p>
      </div>
      ${this.seats(poll)}
    </section>`
  }

  more(poll, isOpen) {
    if (!isOpen) return say("screen_closed_vote_more")
    return poll.counted ? say("screen_counted") : pick(poll.rule)
  }

  seats(poll) {
    const { seats, presence } = this.shown
    if (!seats) return ""
    return html`<seat-row .seats=${seats} .present=${presence?.seats} .voted=${poll.voted_seats}></seat-row>`
  }
}
customElements.define("screen-vote", ScreenVote)
