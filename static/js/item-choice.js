/** Items of the agenda to tick: a fieldset in a form. Properties: agenda, chosen (item ids), legend. Field: items. */
import { html } from "lit"
import { LightElement } from "./light-element.js"
import { pick } from "./words.js"

class ItemChoice extends LightElement {
  static properties = { agenda: { attribute: false }, chosen: { attribute: false }, legend: {} }

  render() {
    if (!this.agenda) return ""
    return html`<fieldset class="field item-choice"><legend>${this.legend}</legend>
      ${this.agenda.items.map((row) => html`<label class="choice" data-depth=${Math.min(row.depth, 3)}>
        <input type="checkbox" name="items" value=${row.id} ?checked=${this.chosen.includes(row.id)}>
        <span>${row.number}. ${pick(row.title)}</span></label>`)}
    </fieldset>`
  }
}
customElements.define("item-choice", ItemChoice)
