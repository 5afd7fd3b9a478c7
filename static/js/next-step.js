/**
 * The next step of whoever runs the meeting: one verb, one big button that stays where it is.
 *
 * A push may change the step at any moment. While a finger is down on the button or a pointer moves on it, the old step
 * stays; and a tap within 400 ms after a change does nothing, since it was meant for the step before.
 *
 * Properties: step (the part `next`), agenda, seats, online (person ids), poll (the part of the step's poll, if any),
 * pending (outbox entries), connected. Event: command.
 */
import { html } from "lit"
import { ask } from "./confirm-dialog.js"
import { TapGuard } from "./finger.js"
import { LightElement } from "./light-element.js"
import { stepWords } from "./step-words.js"
import { pick, say } from "./words.js"

const RESTING_MS = 600

class NextStep extends LightElement {
  static properties = {
    step: { attribute: false },
    agenda: { attribute: false },
    seats: { attribute: false },
    online: { attribute: false },
    poll: { attribute: false },
    pending: { attribute: false },
    connected: { type: Boolean },
    held: { state: true },
  }

  guard = new TapGuard(this)

  willUpdate(changed) {
    if (!changed.has("step")) return
    const before = changed.get("step")
    if (!before || keyOf(before) === keyOf(this.step)) return
    if (this.isTouched) this.hold(this.held ?? before)
    else this.release()
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    clearTimeout(this.timer)
  }

  get isTouched() {
    return this.isDown || performance.now() - (this.movedAt ?? -Infinity) < RESTING_MS
  }

  /** Until the pointer has come to rest or gone away. */
  hold(step) {
    this.held = step
    clearTimeout(this.timer)
    this.timer = setTimeout(() => (this.isTouched ? this.hold(step) : this.release()), RESTING_MS)
  }

  release() {
    clearTimeout(this.timer)
    this.held = undefined
    this.guard.changed()
  }

  get shown() {
    return this.held ?? this.step
  }

  get underWay() {
    return this.pending?.some(({ message, phase }) => message.do === this.shown.do && phase !== "recorded")
  }

  render() {
    if (!this.step) return ""
    const { shown } = this
    return html`<section class="next-step" aria-labelledby="next-step-title">
      <h2 class="chair-kicker" id="next-step-title">${say("next_step")}</h2>
      ${shown.do ? this.button(shown) : ""}
      <p class="next-step-why" id="next-step-why">${pick(shown.why)}</p>
      ${this.facts(shown)}
      ${this.cannot()}
      ${this.missing(shown)}
    </section>`
  }

  button(shown) {
    const isOff = !shown.ready || !this.connected || this.guard.closed || this.underWay
    return html`<button class="button next-step-button" data-kind="primary" aria-disabled=${isOff ? "true" : "false"} aria-describedby="next-step-why"
      @click=${this.press} @pointerdown=${() => (this.isDown = true)} @pointermove=${() => (this.movedAt = performance.now())}
      @pointerleave=${this.leave} @pointercancel=${this.leave}>${stepWords(shown, this.agenda)}</button>`
  }

  /** What the step is about to make official: the result to publish, the count to confirm. */
  facts({ do: name }) {
    if (name === "publish_result" && this.poll?.result) {
      return html`<p class="next-step-fact">${pick(this.poll.result.sentence)}</p>`
    }
    if (name !== "confirm_count" || !this.poll?.count) return ""
    const { counts } = this.poll.count
    return html`<ul class="names next-step-fact">${this.poll.options.map(({ id, words }) => html`<li>${pick(words)}: <strong>${counts[id] ?? 0}</strong></li>`)}</ul>`
  }

  cannot() {
    return this.connected ? "" : html`<p class="next-step-cannot" role="status">${say("need_connection")}</p>`
  }

  /** By office, and whether their tablet is connected: what the chair needs to know before waiting any longer. */
  missing({ do: name, missing }) {
    if (missing.length === 0 || this.poll?.count) return ""
    const label = name === "close_poll" ? "not_voted_yet" : "not_here_yet"
    const seats = this.seats?.filter(({ seat }) => missing.includes(seat)) ?? []
    const words = say(label, { count: missing.length })
    return html`<div class="next-step-missing"><p>${words}</p>
      <ul class="names" tabindex="0" aria-label=${words}>${seats.map((seat) => html`<li>${this.seatWords(seat)}</li>`)}</ul></div>`
  }

  seatWords({ seat, office }) {
    // Before the session a tablet that is not there says nothing; in a vote it says why somebody has not voted.
    const isOffline = this.shown.do === "close_poll" && this.online && !this.online.includes(seat)
    return html`${pick(office)}${isOffline ? html` <span class="offline">(${say("offline_seat")})</span>` : ""}`
  }

  leave() {
    this.isDown = false
    this.movedAt = undefined
    // A touch leaves before its click: the step that it was meant for stays a little longer.
    if (this.held) this.hold(this.held)
  }

  async press(event) {
    const step = this.held ?? this.step
    this.leave()
    if (event.currentTarget.getAttribute("aria-disabled") === "true") return
    const command = { do: step.do, ...step.args }
    if (step.confirm && !(await this.confirmed(step))) return
    this.command(command)
  }

  confirmed(step) {
    const answers = { close_poll: this.askClosePoll, close_session: this.askCloseSession }
    return answers[step.do]?.call(this, step) ?? ask({ title: `${stepWords(step, this.agenda)}?`, lines: [pick(step.why)], yes: stepWords(step, this.agenda), no: say("cancel") })
  }

  askClosePoll(step) {
    const seats = this.seats?.filter(({ seat }) => step.missing.includes(seat)) ?? []
    return ask({
      title: say("ask_close_poll"),
      lines: [pick(step.why), say("ask_close_poll_why")],
      // A count by hand tells how many voted, not who.
      names: this.poll?.count ? [] : seats.map((seat) => this.seatWords(seat)),
      yes: say("ask_close_poll_yes"),
      no: say("ask_close_poll_no"),
    })
  }

  askCloseSession() {
    return ask({ title: say("ask_close_session"), lines: [say("ask_close_session_why")], yes: say("ask_close_session_yes"), no: say("ask_close_session_no") })
  }
}

/** The same step, even while ballots come in and change what is missing. */
function keyOf({ do: name, args }) {
  return [name, args.poll, args.item].join(" ")
}
customElements.define("next-step", NextStep)
