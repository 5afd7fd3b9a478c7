/** Whether what is on the screen is live, in a word; never hidden. Properties: state, at (ms of the last contact). */
import { html } from "lit"
import { LightElement } from "./light-element.js"
import { clock } from "./local-time.js"
import { say } from "./words.js"

class ConnectionState extends LightElement {
  static properties = { state: {}, at: { attribute: false } }

  render() {
    return html`<span class="connection" data-state=${this.state}><span class="connection-dot" aria-hidden="true"></span>${this.words()}</span>`
  }

  words() {
    if (this.state === "offline" && this.at !== null) return say("connection_offline_since", { at: clock(this.at) })
    return say(`connection_${this.state}`)
  }
}
customElements.define("connection-state", ConnectionState)
