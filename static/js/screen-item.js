/** The item under way. Property: shown {row}. */
import { html } from "lit"
import { LightElement } from "./light-element.js"
import { pick, say } from "./words.js"

class ScreenItem extends LightElement {
  static properties = { shown: { attribute: false } }

  render() {
    const { row } = this.shown ?? {}
    if (!row) return ""
    const [presenter, agency] = [pick(row.presenter), pick(row.agency)]
    return html`<section class="picture" data-kind="item">
      <p class="picture-kicker picture-now">${say("screen_item")}${row.late ? html` · ${say("screen_item_late")}` : ""}</p>
      <div class="picture-item">
        <p class="picture-item-number">${row.number}</p>
        <div>
          <h1 class="picture-title">${pick(row.title)}</h1>
          ${presenter ? html`<p class="picture-presenter">${presenter}</p>` : ""}
          ${agency ? html`<p class="picture-agency">${agency}</p>` : ""}
        </div>
      </div>
    </section>`
  }
}
customElements.define("screen-item", ScreenItem)
