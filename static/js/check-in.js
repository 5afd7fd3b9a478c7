/** Being present: one tap to come, a question before leaving. Properties: me, pending (outbox entries), over (the meeting is). */
import { html } from "lit"
import { LightElement } from "./light-element.js"
import { ask } from "./confirm-dialog.js"
import { icon } from "./icon.js"
import { say } from "./words.js"

class CheckIn extends LightElement {
  static properties = { me: { attribute: false }, pending: { attribute: false }, over: { type: Boolean } }

  render() {
    if (!this.me || this.me.role === "screen" || (this.over && !this.me.present)) return ""
    const waiting = this.pending?.findLast(({ message }) => message.do === "check_in" || message.do === "check_out")
    if (this.me.present && waiting?.message.do !== "check_in") return this.here(waiting)
    return html`<button class="button check-in" data-kind="primary" ?disabled=${Boolean(waiting)} @click=${() => this.command({ do: "check_in" })}>
      ${icon("user-check")} ${this.words(waiting)}
    </button>`
  }

  words(waiting) {
    if (!waiting) return say("check_in")
    return say(waiting.phase === "waiting" ? "unsent_check_in" : "checking_in")
  }

  here(waiting) {
    const state = html`<span class="here-state">${icon("circle-check")} ${say("present")}</span>`
    if (this.over) return html`<span class="here">${state}</span>`
    return html`<button class="button here" data-kind="quiet" ?disabled=${Boolean(waiting)} @click=${this.leave}>${state} <span>${say("check_out")}</span></button>`
  }

  async leave() {
    const sure = await ask({
      title: say("check_out_title"),
      lines: [say("check_out_why")],
      yes: say("check_out_yes"),
      no: say("check_out_no"),
    })
    if (sure) this.command({ do: "check_out" })
  }
}
customElements.define("check-in", CheckIn)
