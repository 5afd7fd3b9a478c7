/**
 * The middle of the room while no item is on view: what meeting this is, where it stands, and the way in.
 * Properties: address (/meetings/N), meeting, stage, presence, seats, me, pending.
 */
import { html } from "lit"
import "./check-in.js"
import "./seat-row.js"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { clock, day } from "./local-time.js"
import { isOver } from "./room-view.js"
import { pick, say } from "./words.js"

class RoomHall extends LightElement {
  static properties = {
    address: { attribute: false },
    meeting: { attribute: false },
    stage: { attribute: false },
    presence: { attribute: false },
    seats: { attribute: false },
    me: { attribute: false },
    pending: { attribute: false },
  }

  render() {
    const { meeting, me } = this
    return html`<section class="hall">
      <p class="hall-body">${pick(meeting.body)}</p>
      <h2 class="hall-title">${pick(meeting.title)}</h2>
      ${meeting.starts_at ? html`<p>${say("starts_at", { time: clock(meeting.starts_at), day: day(meeting.starts_at) })}</p>` : ""}
      ${pick(meeting.place) ? html`<p>${pick(meeting.place)}</p>` : ""}
      ${this.presides ? html`<p>${say("presided_by", { who: this.presides })}</p>` : ""}
      <p class="hall-stage">${this.where()}</p>
      ${meeting.reality === "illustrative" ? html`<p class="hall-reality">${say("reality_illustrative")}</p>` : ""}
      ${this.stage.stage === "closed" && this.readsMinutes ? html`<a class="button" href="${this.address}/minutes">${icon("scroll-text")} ${say("read_minutes")}</a>` : ""}
      ${me.present || isOver(this.stage) ? "" : html`<check-in .me=${me} .pending=${this.pending}></check-in>`}
      <seat-row .seats=${this.seats} .present=${this.presence?.seats} .mine=${me.person}></seat-row>
    </section>`
  }

  /** Everybody but invitees and the screen, once the session is closed. */
  get readsMinutes() {
    return !["invitee", "screen"].includes(this.me.role)
  }

  get presides() {
    return pick(this.seats?.find(({ seat }) => seat === this.stage.presiding)?.office)
  }

  where() {
    const { stage, closed_at: closed, cancel_reason: reason } = this.stage
    // Who is admitted to some items only does not know whether another one is under way.
    if (stage === "in_session" && this.me.role === "invitee") return say("hall_in_session_guest")
    return say(`hall_${stage}`, { time: clock(closed), reason })
  }
}
customElements.define("room-hall", RoomHall)
