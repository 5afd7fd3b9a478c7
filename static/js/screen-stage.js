/** Before, between and after the items: what meeting this is and where it stands. Property: shown {kind, meeting, stage, presence}. */
import { html } from "lit"
import { LightElement } from "./light-element.js"
import { clock, day } from "./local-time.js"
import { pick, say } from "./words.js"

class ScreenStage extends LightElement {
  static properties = { shown: { attribute: false } }

  render() {
    const { kind } = this.shown ?? {}
    if (!kind) return ""
    return html`<section class="picture" data-kind=${kind}>${this[kind]()}</section>`
  }

  called() {
    const { meeting, presence } = this.shown
    return html`
      <p class="picture-kicker">${pick(meeting.body)}</p>
      <h1 class="picture-title">${pick(meeting.title)}</h1>
      <p class="picture-facts">${this.when()}${pick(meeting.place) ? html`<span>${pick(meeting.place)}</span>` : ""}</p>
      <div class="picture-count" data-met=${presence.quorate}>
        <p class="picture-number"><strong>${presence.present}</strong><span>/${presence.members}</span></p>
        <p class="picture-count-words"><span>${say("screen_present")}</span>
          ${presence.needed ? html`<span class="picture-count-quorum">${say(presence.quorate ? "screen_quorate" : "screen_inquorate", presence)}</span>` : ""}</p>
      </div>`
  }

  when() {
    const { starts_at: at } = this.shown.meeting
    return at ? html`<span>${say("screen_starts", { time: clock(at), day: day(at) })}</span>` : ""
  }

  between() {
    return html`<p class="picture-kicker">${pick(this.shown.meeting.body)}</p>
      <h1 class="picture-title">${pick(this.shown.meeting.title)}</h1>
      <p class="picture-facts"><span>${say("screen_between")}</span></p>`
  }

  suspended() {
    return html`<h1 class="picture-title picture-word">${say("screen_suspended")}</h1>
      <p class="picture-facts"><span>${say("screen_suspended_more")}</span></p>`
  }

  closed() {
    const { meeting, stage } = this.shown
    return html`<p class="picture-kicker">${pick(meeting.title)}</p>
      <h1 class="picture-title">${say("screen_closed")}</h1>
      <p class="picture-facts"><span>${say("screen_closed_at", { time: clock(stage.closed_at) })}</span></p>`
  }

  cancelled() {
    const { meeting, stage } = this.shown
    return html`<p class="picture-kicker">${pick(meeting.title)}</p>
      <h1 class="picture-title">${say("screen_cancelled")}</h1>
      <p class="picture-facts"><span>${stage.cancel_reason}</span></p>`
  }
}
customElements.define("screen-stage", ScreenStage)
