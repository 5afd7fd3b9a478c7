/**
 * The card of whoever runs the meeting: the next step, then everything else as quiet rows; beside the room on a wide
 * tablet, a panel at the thumb on a narrow one, where the rows fold away.
 *
 * Properties: store (for reading), seq (anything new with each push, so that the card draws itself again), viewing (the
 * item shown), pending, connected. Events: command, show-poll.
 */
import { html } from "lit"
import "./item-steps.js"
import "./next-step.js"
import "./poll-steps.js"
import "./session-steps.js"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { pollsOf, rowOf } from "./room-view.js"
import { say } from "./words.js"

class ChairCard extends LightElement {
  static properties = {
    store: { attribute: false },
    seq: { attribute: false },
    viewing: { attribute: false },
    pending: { attribute: false },
    connected: { type: Boolean },
    unfolded: { state: true },
  }

  render() {
    const step = this.store.get("next")
    if (!step) return ""
    const [agenda, stage, seats] = [this.store.get("agenda"), this.store.get("stage"), this.store.get("seats")?.seats]
    return html`<aside class="chair" ?data-unfolded=${this.unfolded} aria-label=${say("next_step")}>
      <next-step .step=${step} .agenda=${agenda} .seats=${seats} .online=${this.store.get("online")?.people}
        .poll=${this.store.get(`poll/${step.args.poll}`)} .pending=${this.pending} ?connected=${this.connected}></next-step>
      <button class="button chair-unfold" data-kind="quiet" aria-expanded=${this.unfolded ? "true" : "false"} aria-controls="chair-rows"
        @click=${() => (this.unfolded = !this.unfolded)}>
        ${this.unfolded ? icon("chevron-down") : icon("chevron-up")} ${say(this.unfolded ? "fewer_steps" : "other_steps")}</button>
      <div class="chair-rows" id="chair-rows">${this.rows(step, agenda, stage, seats)}</div>
    </aside>`
  }

  rows(step, agenda, stage, seats) {
    const item = this.viewing ?? stage.current_item
    const row = rowOf(agenda, item)
    const isOver = ["closed", "cancelled"].includes(stage.stage)
    return html`
      ${row && !isOver ? html`<item-steps .row=${row} .current=${stage.current_item} .stage=${stage.stage} .step=${step} ?disabled=${!this.connected}></item-steps>` : ""}
      ${row && !isOver && !row.heading ? html`<poll-steps .item=${item} .number=${row.number} .polls=${pollsOf(this.store, item)} .step=${step} .stage=${stage.stage}
        .current=${stage.current_item} ?disabled=${!this.connected}></poll-steps>` : ""}
      <session-steps .stage=${stage} .step=${step} .agenda=${agenda} .seats=${seats} .me=${this.store.get("me")} ?disabled=${!this.connected}></session-steps>`
  }
}
customElements.define("chair-card", ChairCard)
