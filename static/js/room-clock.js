/** The clock of the server. Property: now, a function that gives its time as a Date. */
import { html } from "lit"
import { LightElement } from "./light-element.js"
import { clock } from "./local-time.js"

class RoomClock extends LightElement {
  static properties = { now: { attribute: false }, shown: { state: true } }

  connectedCallback() {
    super.connectedCallback()
    this.timer = setInterval(() => this.tick(), 1_000)
    this.tick()
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    clearInterval(this.timer)
  }

  tick() {
    this.shown = clock(this.now?.())
  }

  willUpdate(changed) {
    if (changed.has("now")) this.tick()
  }

  render() {
    return html`<time class="room-clock">${this.shown}</time>`
  }
}
customElements.define("room-clock", RoomClock)
