/**
 * The two lines above everything: the meeting with its quorum, clock and connection; and the item on view.
 * Properties: meeting, stage, presence, row (the item on view), isCurrent, connection ({state, at}), now (function),
 * agendaShown. Event: toggle-agenda.
 */
import { html } from "lit"
import "./connection-state.js"
import "./item-clock.js"
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
    row: { attribute: false },
    isCurrent: { attribute: false },
    connection: { attribute: false },
    now: { attribute: false },
    agendaShown: { attribute: false },
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
      ${this.row ? this.item(this.row) : ""}
    </header>`
  }

  item(row) {
    const who = pick(row.presenter) || pick(row.agency)
    return html`<div class="room-item" data-state=${row.state}>
      <p class="room-item-title"><span class="room-item-number">${row.number}</span><strong>${pick(row.title)}</strong></p>
      <p class="room-item-facts">
        <span class="room-item-state">${this.isCurrent ? say("under_way") : say(`state_${row.state}`)}</span>
        ${who ? html`<span>${say("presented_by", { who })}</span>` : ""}
        ${this.isCurrent ? html`<item-clock .started=${row.started_at} .minutes=${row.minutes} .now=${this.now}></item-clock>` : ""}
      </p>
    </div>`
  }
}
customElements.define("room-head", RoomHead)
