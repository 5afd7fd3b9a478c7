/**
 * A late item, or the words of one that stands on the agenda, in a dialog that stays until the meeting has taken it.
 *
 *   await writeItem({ agenda, row, current, carryOut })     without `row` a new item; true when it was done
 */
import { html } from "lit"
import { refusalWords } from "./carry-out.js"
import { LightElement } from "./light-element.js"
import { freshId } from "./live-connection.js"
import { placesIn } from "./agenda-places.js"
import { pick, say } from "./words.js"

const KINDS = ["discussion", "decision", "information", "formal"]

export function writeItem(given) {
  const element = document.createElement("item-form")
  element.given = given
  document.body.append(element)
  return new Promise((resolve) => (element.resolve = resolve))
}

class ItemForm extends LightElement {
  static properties = { given: { attribute: false }, refusal: { state: true }, sending: { state: true } }

  firstUpdated() {
    this.dialog.showModal()
  }

  get dialog() {
    return this.querySelector("dialog")
  }

  render() {
    const { row } = this.given
    return html`<dialog class="item-form" aria-labelledby="item-form-title" @close=${() => this.finish(false)}>
      <form method="dialog" class="stack" novalidate @submit=${this.save}>
        <h2 id="item-form-title">${row ? say("item_edit", { number: row.number }) : say("item_late")}</h2>
        ${row ? "" : html`<p class="soft">${say("item_late_why")}</p>`}
        ${text("title_vi", say("title_vi"), row?.title.vi, 2)}
        ${text("title_en", `${say("title_en")} (${say("optional")})`, row?.title.en, 2)}
        ${row ? "" : this.kinds()}
        <div class="field-row">
          ${line("presenter_vi", say("presenter_vi"), row?.presenter.vi)}
          ${line("presenter_en", say("presenter_en"), row?.presenter.en)}
        </div>
        <div class="field-row">
          <p class="field"><label for="item-minutes">${say("planned_minutes")}</label>
            <input id="item-minutes" name="minutes" type="number" inputmode="numeric" min="1" max="600" .value=${row?.minutes ? String(row.minutes) : ""}></p>
          ${row ? "" : this.places()}
        </div>
        ${this.refusal ? html`<p class="notice" data-tone="bad" role="alert"><span>${this.refusal}</span></p>` : ""}
        <div class="dialog-actions">
          <button class="button" type="button" @click=${() => this.dialog.close()}>${say("cancel")}</button>
          <button class="button" data-kind="primary" ?disabled=${this.sending}>${say(row ? "item_save" : "item_add")}</button>
        </div>
      </form>
    </dialog>`
  }

  kinds() {
    return html`<fieldset class="field"><legend>${say("kind")}</legend><div class="item-kinds">
      ${KINDS.map((kind) => html`<label class="choice"><input type="radio" name="kind" value=${kind} ?checked=${kind === "discussion"}>${say(`kind_${kind}`)}</label>`)}
    </div><p class="field-hint">${say("kind_hint")}</p></fieldset>`
  }

  places() {
    const { agenda, current } = this.given
    this.offered ??= placesIn(agenda, current)
    return html`<p class="field"><label for="item-place">${say("item_place")}</label>
      <select id="item-place" name="place">${this.offered.map((place, index) => html`
        <option value=${index} ?selected=${place.isNext}>${place.words}</option>`)}</select></p>`
  }

  async save(event) {
    event.preventDefault()
    if (this.sending) return
    this.sending = true
    const answer = await this.given.carryOut(this.command(new FormData(event.target)))
    this.sending = false
    this.refusal = refusalWords(answer)
    if (answer.done) this.finish(true)
    if (answer.done) this.dialog.close()
  }

  /** One id for this dialog: pressing again after a lost answer adds nothing twice. */
  command(fields) {
    const { row } = this.given
    const words = (name) => fields.get(name).trim()
    const said = {
      title: { vi: words("title_vi"), en: words("title_en") },
      presenter: { vi: words("presenter_vi"), en: words("presenter_en") },
      planned_minutes: Number(words("minutes")) || null,
    }
    if (row) return { id: freshId(), do: "edit_item", item: row.id, ...said }
    const { parent, before } = this.offered[Number(fields.get("place"))]
    return { id: (this.id_ ??= freshId()), do: "add_item", kind: fields.get("kind"), parent, before, ...said }
  }

  finish(done) {
    this.resolve(done)
    this.resolve = () => {}
    if (!this.dialog.open) this.remove()
  }
}

function text(name, label, value, rows) {
  return html`<p class="field"><label for="item-${name}">${label}</label>
    <textarea id="item-${name}" name=${name} rows=${rows} maxlength="1000" .value=${value ?? ""}></textarea></p>`
}

function line(name, label, value) {
  return html`<p class="field"><label for="item-${name}">${label}</label>
    <input id="item-${name}" name=${name} maxlength="1000" .value=${value ?? ""}></p>`
}
customElements.define("item-form", ItemForm)
