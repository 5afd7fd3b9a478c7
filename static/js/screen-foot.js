/**
 * The thin line at the bottom of the screen: the meeting, its quorum, trouble with the connection, the clock.
 * Properties: meeting, presence, connection ({state, at}), now (function).
 */
import { html } from "lit"
import "./connection-state.js"
import "./room-clock.js"
import { LightElement } from "./light-element.js"
import { pick, say } from "./words.js"

class ScreenFoot extends LightElement {
  static properties = {
    meeting: { attribute: false },
    presence: { attribute: false },
    connection: { attribute: false },
    now: { attribute: false },
  }

  render() {
    const { meeting, presence, connection } = this
    if (!meeting) return ""
    const key = presence.needed === 0 ? "present" : presence.quorate ? "quorate" : "inquorate"
    return html`<footer class="screen-foot">
      <p class="screen-foot-meeting">${pick(meeting.title)} · ${pick(meeting.body)}</p>
      ${connection.state === "live" ? "" : html`<connection-state .state=${connection.state} .at=${connection.at}></connection-state>`}
      <p class="screen-foot-quorum" data-met=${presence.quorate}>${say(`screen_foot_${key}`, presence)}</p>
      <room-clock .now=${this.now}></room-clock>
    </footer>`
  }
}
customElements.define("screen-foot", ScreenFoot)
