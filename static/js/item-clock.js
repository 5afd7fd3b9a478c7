/** What is left of an item's planned time, or how far it is over. Properties: started (ISO), minutes, now (function). */
import { html } from "lit"
import { LightElement } from "./light-element.js"
import { duration } from "./local-time.js"
import { say } from "./words.js"

class ItemClock extends LightElement {
  static properties = {
    started: { attribute: false },
    minutes: { attribute: false },
    now: { attribute: false },
  }

  connectedCallback() {
    super.connectedCallback()
    this.timer = setInterval(() => this.requestUpdate(), 1_000)
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    clearInterval(this.timer)
  }

  render() {
    if (!this.started || !this.minutes) return ""
    const left = this.minutes * 60 - (this.now() - new Date(this.started)) / 1_000
    const tone = left < 0 ? "over" : left < 60 ? "short" : "plenty"
    return html`<span class="item-clock" role="timer" aria-live="off" data-tone=${tone}>
      ${say(left < 0 ? "time_over" : "time_left", { time: duration(left) })}
    </span>`
  }
}
customElements.define("item-clock", ItemClock)
