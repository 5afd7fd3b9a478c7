/**
 * The steps of the meeting for the secretariat: those of the chair where the body lets the secretariat run the meeting,
 * else the same, greyed, with the reason. Properties: store (for reading), seq (anything new with each push), viewing (the
 * item on view), pending, refusal ({do, words} of my last step), connected. Events: command, show-poll.
 */
import { html } from "lit"
import "./item-steps.js"
import "./next-step.js"
import "./poll-steps.js"
import "./session-steps.js"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { isOver, pollsOf, rowOf } from "./room-view.js"
import { pick, say } from "./words.js"

class RunCard extends LightElement {
  static properties = {
    store: { attribute: false },
    seq: { attribute: false },
    meeting: { attribute: false },
    viewing: { attribute: false },
    pending: { attribute: false },
    refusal: { attribute: false },
    connected: { type: Boolean },
    unfolded: { state: true },
  }

  render() {
    const { store } = this
    const step = store.get("next")
    if (!step) return ""
    const poll = store.get(`poll/${step.args.poll}`)
    return html`<aside class="chair" ?data-unfolded=${this.unfolded} aria-label=${say("next_step")}>
      <next-step .step=${this.allowed(step, poll)} .agenda=${store.get("agenda")} .seats=${store.get("seats")?.seats} .online=${store.get("online")?.people}
        .poll=${poll} .pending=${this.pending} ?connected=${this.connected}></next-step>
      ${this.whyNot(step, poll)}
      ${this.refusal?.do === step.do ? html`<p class="notice run-refusal" data-tone="bad" role="alert"><span>${this.refusal.words}</span></p>` : ""}
      <button class="button chair-unfold" data-kind="quiet" aria-expanded=${this.unfolded ? "true" : "false"} aria-controls="chair-rows"
        @click=${() => (this.unfolded = !this.unfolded)}>
        ${this.unfolded ? icon("chevron-down") : icon("chevron-up")} ${say(this.unfolded ? "fewer_steps" : "other_steps")}</button>
      <div class="chair-rows" id="chair-rows">${this.rows(step)}</div>
    </aside>`
  }

  get runs() {
    return this.store.get("me")?.runs ?? false
  }

  /** A count may be confirmed by any second person of the desk, whoever runs the meeting. */
  mayTake(step, poll) {
    if (step.do === "confirm_count") return poll?.count?.entered_by !== this.store.get("me")?.person
    return this.runs
  }

  allowed(step, poll) {
    return this.mayTake(step, poll) ? step : { ...step, ready: false }
  }

  whyNot(step, poll) {
    if (!step.do || this.mayTake(step, poll)) return ""
    return html`<p class="run-why-not">${icon("info")} <span>${step.do === "confirm_count" ? say("count_wait_second") : this.reason()}</span></p>`
  }

  reason() {
    const { presiding } = this.store.get("stage")
    const chair = this.store.get("people")?.people.find(({ person }) => person === presiding)
    return chair ? say("only_presiding", { who: pick(chair.office) }) : say("nobody_presides")
  }

  rows(step) {
    const [agenda, stage] = [this.store.get("agenda"), this.store.get("stage")]
    const row = rowOf(agenda, this.viewing)
    const isOff = !this.connected || !this.runs
    return html`
      ${row && !isOver(stage) ? html`<item-steps .row=${row} .current=${stage.current_item} .stage=${stage.stage} .step=${step} ?disabled=${isOff}></item-steps>` : ""}
      ${row && !row.heading && !isOver(stage) ? html`<poll-steps .item=${row.id} .number=${row.number} .polls=${pollsOf(this.store, row.id)} .step=${step}
        .stage=${stage.stage} .current=${stage.current_item} ?disabled=${isOff}></poll-steps>` : ""}
      ${this.session(stage, step, agenda)}
      ${this.pages()}`
  }

  /** Where nobody presides, the secretariat may record who does (Law 77/2015, art. 115), so that the session can open. */
  session(stage, step, agenda) {
    const isOff = !this.connected || (!this.runs && stage.presiding !== null)
    return html`<session-steps .stage=${stage} .step=${step} .agenda=${agenda} .seats=${this.store.get("seats")?.seats} .me=${this.store.get("me")}
      ?disabled=${isOff}></session-steps>`
  }

  pages() {
    const page = (name, sign) => html`<a class="chair-row" href="/meetings/${this.meeting}/${name}">${sign}<span>${say(`page_${name}`)}</span></a>`
    return html`<nav class="chair-group" aria-label=${say("other_pages")}><h3 class="chair-kicker">${say("other_pages")}</h3>
      ${page("room", icon("presentation"))}${page("screen", icon("monitor"))}${page("minutes", icon("file-pen-line"))}</nav>`
  }
}
customElements.define("run-card", RunCard)
