/**
 * What a delegate does, at the thumb: the agenda on a narrow tablet, being present, the way back to the item under way,
 * and the vote, whose button is always there and says why when there is nothing to vote on.
 * Properties: me, pending, over, inHall (which has its own button to check in), back (row of the item under way while another is on view), poll (part or null), sent
 * (whether I have sent a ballot in it), sheetShown. Events: toggle-agenda, back, toggle-vote, command.
 */
import { html } from "lit"
import "./check-in.js"
import { ask } from "./confirm-dialog.js"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { pick, say } from "./words.js"

const WORDS = { open: "vote_now", closed: "vote_closed", published: "vote_result", void: "vote_result" }

class RoomBar extends LightElement {
  static properties = {
    me: { attribute: false },
    pending: { attribute: false },
    over: { attribute: false },
    inHall: { attribute: false },
    back: { attribute: false },
    poll: { attribute: false },
    sent: { attribute: false },
    sheetShown: { attribute: false },
    agendaShown: { attribute: false },
  }

  render() {
    if (!this.me) return ""
    return html`<footer class="room-bar">
      <button class="button bar-agenda" aria-expanded=${this.agendaShown ? "true" : "false"} aria-controls="room-agenda"
        @click=${() => this.emit("toggle-agenda")}>${icon("list")} ${say("agenda")}</button>
      ${this.inHall && !this.me.present ? "" : html`<check-in .me=${this.me} .pending=${this.pending} ?over=${this.over}></check-in>`}
      ${this.me.role === "chair" && !this.me.runs && !this.over ? html`<button class="button bar-preside" @click=${this.preside}>
        ${icon("user-round-check")} <span>${say("row_take_back")}</span></button>` : ""}
      ${this.back ? html`<button class="button bar-back" title=${pick(this.back.title)} @click=${() => this.emit("back")}>
        ${icon("corner-up-left")} <span>${say("back_to_current", { number: this.back.number })}</span></button>` : ""}
      ${this.vote()}
    </footer>`
  }

  /** The Chair, while a deputy presides (Law 77/2015, art. 115). */
  async preside() {
    const sure = await ask({ title: say("ask_take_back"), yes: say("row_take_back"), no: say("cancel") })
    if (sure) this.command({ do: "assign_presiding", person: this.me.person })
  }

  vote() {
    const { poll } = this
    const isUrgent = poll?.state === "open" && !poll.counted && !this.sent && this.me.votes
    return html`<button class="button bar-vote" data-kind=${isUrgent ? "primary" : ""} ?disabled=${!poll} aria-expanded=${this.sheetShown ? "true" : "false"}
      @click=${() => this.emit("toggle-vote")}>${icon("vote")} ${this.voteWords(isUrgent)}</button>`
  }

  voteWords(isUrgent) {
    if (!this.poll) return say("no_vote_yet")
    if (this.poll.state === "open") return say(this.sent ? "vote_cast" : isUrgent ? "vote_now" : "vote")
    return say(WORDS[this.poll.state])
  }
}
customElements.define("room-bar", RoomBar)
