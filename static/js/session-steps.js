/**
 * The session itself for whoever runs it: pause, close, cancel, who presides. Properties: stage (the part), step (the
 * part `next`), agenda, seats, me, disabled. Event: command.
 */
import { html } from "lit"
import { ask } from "./confirm-dialog.js"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { leavesOf } from "./room-view.js"
import { pick, say } from "./words.js"

class SessionSteps extends LightElement {
  static properties = {
    stage: { attribute: false },
    step: { attribute: false },
    agenda: { attribute: false },
    seats: { attribute: false },
    me: { attribute: false },
    disabled: { type: Boolean },
  }

  render() {
    if (!["called", "in_session", "suspended"].includes(this.stage.stage)) return ""
    const rows = this.rows()
    return html`<section class="chair-group">
      <h3 class="chair-kicker">${say("session_steps")}</h3>
      ${rows.map(([words, sign, run]) => this.row(words, sign, run))}
      ${this.presiding()}
    </section>`
  }

  rows() {
    const { stage } = this.stage
    if (stage === "called") return [[say("do_cancel_meeting"), icon("ban"), () => this.cancel()]]
    return [
      ...(stage === "in_session" ? [[say("do_suspend_session"), icon("pause"), () => this.command({ do: "suspend_session" })]] : []),
      ...(this.step?.do === "close_session" ? [] : [[say("do_close_session"), icon("door-closed"), () => this.close()]]),
    ]
  }

  /** The Chair, or a deputy whom the Chair assigns (Law 77/2015, art. 115). */
  presiding() {
    const others = this.seats?.filter(({ seat, role }) => ["chair", "deputy"].includes(role) && seat !== this.stage.presiding) ?? []
    if (others.length === 0) return ""
    return html`<details class="chair-more">
      <summary class="chair-row">${icon("user-round-check")}<span>${say("rows_preside")}</span></summary>
      ${others.map((seat) => this.row(pick(seat.office), "", () => this.hand(seat)))}
    </details>`
  }

  row(words, sign, run) {
    return html`<button class="chair-row" ?disabled=${this.disabled} @click=${run}>${sign}<span>${words}</span></button>`
  }

  async hand({ seat, office }) {
    const who = pick(office)
    const sure = await ask({
      title: say("ask_preside", { who }),
      lines: [this.stage.presiding === this.me.person ? say("ask_preside_why") : ""],
      yes: say("ask_preside_yes"),
      no: say("cancel"),
    })
    if (sure) this.command({ do: "assign_presiding", person: seat })
  }

  async close() {
    const left = leavesOf(this.agenda).filter(({ state }) => state === "waiting").length
    const sure = await ask({
      title: say("ask_close_session"),
      lines: [left > 0 ? say("ask_close_session_open", { count: left }) : "", say("ask_close_session_why")],
      yes: say("ask_close_session_yes"),
      no: say("ask_close_session_no"),
    })
    if (sure) this.command({ do: "close_session" })
  }

  async cancel() {
    const answer = await ask({
      title: say("ask_cancel"),
      lines: [say("ask_cancel_why")],
      reason: say("reason"),
      yes: say("ask_cancel_yes"),
      no: say("ask_cancel_no"),
    })
    if (answer) this.command({ do: "cancel_meeting", reason: answer.reason })
  }
}
customElements.define("session-steps", SessionSteps)
