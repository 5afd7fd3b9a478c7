/**
 * The agenda with its states as signs. Properties: items (rows of the part `agenda`), current (the item under way),
 * viewing, outcomes (Map item -> "voting" | "carried" | "not_carried"), withPapers (Set of headings that have papers).
 * Event: view-item {item}.
 */
import { html } from "lit"
import { repeat } from "lit/directives/repeat.js"
import { LightElement } from "./light-element.js"
import { icon } from "./icon.js"
import { pick, say } from "./words.js"

const SIGNS = {
  decided: () => icon("check"),
  postponed: () => icon("clock"),
  withdrawn: () => icon("minus"),
  under_way: () => icon("chevron-right"),
  waiting: () => "",
}

class AgendaList extends LightElement {
  static properties = {
    items: { attribute: false },
    current: { attribute: false },
    viewing: { attribute: false },
    outcomes: { attribute: false },
    withPapers: { attribute: false },
  }

  render() {
    if (!this.items) return ""
    if (this.items.length === 0) return html`<p class="soft agenda-empty">${say("empty_agenda")}</p>`
    return html`<ol class="agenda">${repeat(this.items, ({ id }) => id, (row) => this.row(row))}</ol>`
  }

  updated(changed) {
    if (changed.has("viewing")) this.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" })
  }

  row(row) {
    const opens = !row.heading || this.withPapers?.has(row.id)
    const isCurrent = row.id === this.current
    return html`<li data-depth=${Math.min(row.depth, 3)} data-state=${row.state} ?data-heading=${row.heading} ?data-current=${isCurrent}>
      ${opens
        ? html`<button class="agenda-item" aria-current=${row.id === this.viewing ? "true" : "false"}
            @click=${() => this.emit("view-item", { item: row.id })}>${this.inside(row)}</button>`
        : html`<span class="agenda-item">${this.inside(row)}</span>`}
    </li>`
  }

  inside(row) {
    return html`<span class="agenda-sign">${SIGNS[row.state]()}</span>
      <span class="agenda-number">${row.number}</span>
      <span class="agenda-title">${pick(row.title)}${this.marks(row)}</span>`
  }

  /** The state is said in words where its sign alone would leave a doubt. */
  marks(row) {
    const outcome = this.outcomes?.get(row.id)
    return html`<span class="agenda-marks">
      ${row.state === "waiting" || row.heading ? "" : html`<span class=${row.state === "decided" ? "sr-only" : ""}>${say(`state_${row.state}`)}</span>`}
      ${outcome === "voting" ? html`<span class="agenda-voting">${say("voting_now")}</span>` : ""}
      ${outcome === "carried" || outcome === "not_carried" ? html`<span>${say(outcome)}</span>` : ""}
      ${row.late ? html`<span class="badge" data-tone="warn">${say("late")}</span>` : ""}
    </span>`
  }
}
customElements.define("agenda-list", AgendaList)
