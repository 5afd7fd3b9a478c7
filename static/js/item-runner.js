/**
 * The item on view, for whoever keeps the record: what it is, its words and place in the agenda, notes and conclusion,
 * papers. Properties: row (of the agenda), agenda, part (item/N), isCurrent, now (function), drafts, meeting (id), token,
 * over, seq. Events: carry-out, edit-item.
 */
import { html } from "lit"
import { keyed } from "lit/directives/keyed.js"
import "./item-clock.js"
import "./item-notes.js"
import "./late-paper.js"
import "./paper-rows.js"
import { moveCommand } from "./agenda-places.js"
import { carryOut, refusalWords } from "./carry-out.js"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { pick, say } from "./words.js"

class ItemRunner extends LightElement {
  static properties = {
    row: { attribute: false },
    agenda: { attribute: false },
    part: { attribute: false },
    isCurrent: { attribute: false },
    now: { attribute: false },
    drafts: { attribute: false },
    meeting: { attribute: false },
    token: { attribute: false },
    over: { type: Boolean },
    seq: { attribute: false },
    refusal: { state: true },
  }

  willUpdate(changed) {
    if (changed.has("row") && changed.get("row")?.id !== this.row?.id) this.refusal = ""
  }

  render() {
    const { row } = this
    if (!row) return html`<p class="empty">${say("no_item_chosen")}</p>`
    return html`<article class="runner" data-state=${row.state} aria-labelledby="runner-title">
      ${this.head(row)}
      ${keyed(row.id, html`
        <item-notes .drafts=${this.drafts} .item=${row.id} ?over=${this.over} .seq=${this.seq}></item-notes>
        <section class="runner-papers" aria-labelledby="runner-papers">
          <h3 id="runner-papers">${say("papers")}</h3>
          <paper-rows .papers=${this.part?.papers ?? []} .item=${row.id} ?over=${this.over}></paper-rows>
          <late-paper .meeting=${this.meeting} .item=${row.id} .token=${this.token} ?over=${this.over}></late-paper>
        </section>`)}
    </article>`
  }

  head(row) {
    const facts = [pick(row.presenter), pick(row.agency), say(`kind_${row.kind}`), row.minutes ? say("planned", { minutes: row.minutes }) : ""]
    return html`<header class="runner-head">
      <p class="runner-state"><span class="runner-now">${say(`state_${row.state}`)}</span>
        ${row.late ? html`<span class="badge" data-tone="warn">${say("late")}</span>` : ""}
        ${this.isCurrent ? html`<item-clock .started=${row.started_at} .minutes=${row.minutes} .now=${this.now}></item-clock>` : ""}</p>
      <h2 class="runner-title" id="runner-title"><span class="runner-number">${row.number}</span> ${pick(row.title)}</h2>
      <p class="runner-facts">${facts.filter(Boolean).join(" · ")}</p>
      ${this.over ? "" : this.tools(row)}
      ${this.refusal ? html`<p class="notice" data-tone="bad" role="alert"><span>${this.refusal}</span></p>` : ""}
    </header>`
  }

  tools(row) {
    const [up, down] = [-1, 1].map((step) => moveCommand(this.agenda.items, row, step))
    return html`<div class="runner-tools">
      <button class="button" data-kind="quiet" @click=${() => this.emit("edit-item", { row })}>${icon("pencil")} ${say("item_edit_short")}</button>
      <button class="button" data-kind="quiet" ?disabled=${!up} @click=${() => this.move(up)}>${icon("arrow-up")} ${say("item_up")}</button>
      <button class="button" data-kind="quiet" ?disabled=${!down} @click=${() => this.move(down)}>${icon("arrow-down")} ${say("item_down")}</button>
    </div>`
  }

  async move(command) {
    this.refusal = refusalWords(await carryOut(this, command))
  }
}
customElements.define("item-runner", ItemRunner)
