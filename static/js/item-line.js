/**
 * The second line of the room: the item on view, whether it is the one under way, who presents it, what is left of its
 * time. Properties: row (of the agenda), isCurrent, now (function).
 */
import { html } from "lit"
import "./item-clock.js"
import { LightElement } from "./light-element.js"
import { pick, say } from "./words.js"

class ItemLine extends LightElement {
  static properties = { row: { attribute: false }, isCurrent: { attribute: false }, now: { attribute: false } }

  render() {
    const { row } = this
    if (!row) return ""
    const who = pick(row.presenter) || pick(row.agency)
    return html`<section class="item-line" data-state=${row.state} aria-label=${say("item_named", { number: row.number })}>
      <p class="item-line-title"><span class="item-line-number">${row.number}</span><strong title=${pick(row.title)}>${pick(row.title)}</strong></p>
      <p class="item-line-facts">
        <span class="item-line-state">${this.isCurrent ? say("under_way") : say(`state_${row.state}`)}</span>
        ${who ? html`<span>${say("presented_by", { who })}</span>` : ""}
        ${this.isCurrent ? html`<item-clock .started=${row.started_at} .minutes=${row.minutes} .now=${this.now}></item-clock>` : ""}
      </p>
    </section>`
  }
}
customElements.define("item-line", ItemLine)
