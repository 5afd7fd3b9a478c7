/**
 * Notes and conclusion of an item. Properties: drafts (note-drafts.js), item, over (the meeting is), seq.
 */
import { html } from "lit"
import "./draft-field.js"
import { LightElement } from "./light-element.js"
import { say } from "./words.js"

class ItemNotes extends LightElement {
  static properties = {
    drafts: { attribute: false },
    item: { attribute: false },
    over: { type: Boolean },
    seq: { attribute: false },
  }

  render() {
    if (!this.item) return ""
    return html`<section class="item-notes" aria-label=${say("notes")}>
      ${this.text("note", say("note"), say("note_hint"))}
      ${this.text("conclusion", say("conclusion"), say("conclusion_hint"))}
    </section>`
  }

  text(field, label, hint) {
    return html`<draft-field .drafts=${this.drafts} .item=${this.item} field=${field} label=${label} hint=${hint} ?disabled=${this.over}
      .seq=${this.seq}></draft-field>`
  }
}
customElements.define("item-notes", ItemNotes)
