/**
 * A text of an item that saves itself; see note-drafts.js. When somebody else changed it meanwhile, theirs stands beside
 * mine and the person chooses. Properties: drafts, item, field ("note" or "conclusion"), label, hint, disabled, seq
 * (anything new with each push). Events: field-focus, field-blur.
 */
import { html } from "lit"
import { live } from "lit/directives/live.js"
import { LightElement } from "./light-element.js"
import { clock } from "./local-time.js"
import { pick, say } from "./words.js"

class DraftField extends LightElement {
  static properties = {
    drafts: { attribute: false },
    item: { attribute: false },
    field: {},
    label: {},
    hint: {},
    disabled: { type: Boolean },
    seq: { attribute: false },
  }

  constructor() {
    super()
    this.redraw = () => this.requestUpdate()
  }

  connectedCallback() {
    super.connectedCallback()
    this.drafts.addEventListener("change", this.redraw)
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.drafts.removeEventListener("change", this.redraw)
    this.drafts.leave(this.item, this.field)
  }

  willUpdate(changed) {
    // The element may be given another item; what was typed for the one before is saved.
    if (changed.has("item") && changed.get("item") !== undefined) this.drafts.leave(changed.get("item"), this.field)
  }

  render() {
    const shown = this.drafts.look(this.item, this.field)
    const id = `${this.field}-${this.item}`
    return html`<div class="field draft" data-field=${this.field} data-state=${shown.state}>
      <label for=${id}>${this.label}</label>
      <p class="field-hint" id="${id}-hint">${this.hint}</p>
      <textarea id=${id} maxlength="20000" aria-describedby="${id}-hint ${id}-state" .value=${live(shown.text)} ?readonly=${this.disabled}
        @input=${(event) => this.drafts.type(this.item, this.field, event.target.value)}
        @focus=${() => this.emit("field-focus")} @blur=${this.leave}></textarea>
      <div class="draft-line"><p class="draft-state" id="${id}-state" role="status">${this.words(shown)}</p>
        ${shown.state === "unsaved" ? html`<button class="button" data-kind="primary" @click=${() => this.drafts.saveNow(this.item, this.field)}>${say(`save_${this.field}`)}</button>` : ""}</div>
      ${shown.state === "conflict" ? this.conflict(shown) : ""}
      ${shown.state === "refused" ? this.refused(shown) : ""}
    </div>`
  }

  leave() {
    this.drafts.leave(this.item, this.field)
    this.emit("field-blur")
  }

  words({ state, savedAt }) {
    if (state === "clean") return savedAt ? say("draft_saved", { at: clock(savedAt) }) : ""
    return say(`draft_${state}`)
  }

  conflict({ text, theirs }) {
    return html`<section class="draft-conflict" aria-label=${say("draft_conflict")}>
      <p>${say("draft_conflict_why")}</p>
      <div class="draft-sides">
        <div><h4>${say("draft_theirs")}</h4><p class="draft-side">${theirs || say("draft_empty")}</p>
          ${this.choice("theirs", say("draft_take_theirs"))}</div>
        <div><h4>${say("draft_mine")}</h4><p class="draft-side">${text || say("draft_empty")}</p>
          ${this.choice("mine", say("draft_keep_mine"))}</div>
      </div>
      ${this.choice("both", say("draft_take_both"))}
    </section>`
  }

  choice(side, words) {
    return html`<button class="button" @click=${() => this.drafts.choose(this.item, this.field, side)}>${words}</button>`
  }

  refused({ refusal }) {
    return html`<div class="notice" data-tone="bad" role="alert"><p>${pick(refusal)}</p>
      <button class="button" @click=${() => this.drafts.discard(this.item, this.field)}>${say("draft_discard")}</button></div>`
  }
}
customElements.define("draft-field", DraftField)
