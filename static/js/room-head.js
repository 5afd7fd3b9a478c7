/**
 * The first line of the room: the meeting, where it stands, its quorum, clock and connection.
 * Properties: meeting, stage, presence, connection ({state, at}), now (function).
 */
import { html } from "lit"
import "./connection-state.js"
import "./quorum-badge.js"
import "./room-clock.js"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { pick, say } from "./words.js"

class RoomHead extends LightElement {
  static properties = {
    meeting: { attribute: false },
    stage: { attribute: false },
    presence: { attribute: false },
    connection: { attribute: false },
    now: { attribute: false },
  }

  render() {
    const { meeting, stage, connection } = this
    if (!meeting) return ""
    return html`<header class="room-head">
      <div class="room-top">
        <a class="room-home" href="/" aria-label=${say("home")}>${icon("house")}</a>
        <h1 class="room-title">${pick(meeting.title)}<span class="room-body">${pick(meeting.body)}</span></h1>
        <div class="room-facts">
          <span class="badge room-stage" data-stage=${stage.stage}>${say(`stage_${stage.stage}`)}</span>
          <quorum-badge .presence=${this.presence}></quorum-badge>
          <room-clock .now=${this.now}></room-clock>
          <connection-state .state=${connection.state} .at=${connection.at}></connection-state>
        </div>
      </div>
    </header>`
  }
}
customElements.define("room-head", RoomHead)
