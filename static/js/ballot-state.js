/**
 * What became of my ballot, honestly: being sent, not sent yet, recorded with its receipt; and the way to change it.
 * Properties: poll, ballot (as the parts have it), pending (outbox entry), connected, changeable, spelled (says the choice).
 * Event: change-ballot.
 */
import { html } from "lit"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { clock } from "./local-time.js"
import { optionsOf } from "./room-view.js"
import { pick, say } from "./words.js"

class BallotState extends LightElement {
  static properties = {
    poll: { attribute: false },
    ballot: { attribute: false },
    pending: { attribute: false },
    connected: { type: Boolean },
    changeable: { type: Boolean },
    spelled: { type: Boolean },
  }

  render() {
    const choice = this.pending?.message.choice ?? this.ballot?.choice
    if (!choice) return ""
    return html`<div class="ballot-state" data-phase=${this.phase}>
      ${this.spelled ? html`<p>${say("vote_cast")}: <strong>${optionsOf(this.poll, choice).map(({ words }) => pick(words)).join("; ")}</strong></p>` : ""}
      ${this.words()}
      ${this.changeRow()}
    </div>`
  }

  get phase() {
    if (!this.pending || this.pending.phase === "recorded") return "recorded"
    if (this.pending.trouble) return "trouble"
    return this.connected && this.pending.phase === "sending" ? "sending" : "unsent"
  }

  words() {
    if (this.phase === "recorded") return this.recorded()
    if (this.phase === "trouble") return html`<p class="ballot-words">${icon("triangle-alert")} ${say("ballot_trouble")}</p>`
    if (this.phase === "unsent") return html`<p class="ballot-words">${icon("wifi-off")} ${say("ballot_unsent")}</p>`
    return html`<p class="ballot-words">${icon("send")} ${say("ballot_sending")}</p>`
  }

  recorded() {
    const receipt = this.pending?.receipt ?? this.ballot?.receipt
    const at = this.pending?.recordedAt ?? this.ballot?.at
    return html`<p class="ballot-words">${icon("circle-check")} ${say("ballot_recorded", { at: clock(at) })}</p>
      <p class="ballot-receipt">${say("receipt")} <strong>${receipt}</strong></p>`
  }

  changeRow() {
    if (!this.changeable) return ""
    // What never left the tablet is no ballot yet, and may be changed by any rule.
    if (this.poll.change || (this.pending && !this.pending.tried)) {
      return html`<button class="button ballot-change" aria-label=${say("change_ballot")} @click=${() => this.emit("change-ballot")}>
        ${icon("pencil")} ${say("change")}</button>`
    }
    return html`<p class="soft">${say("cannot_change")}</p>`
  }
}
customElements.define("ballot-state", BallotState)
