/**
 * Wording a vote, in a dialog.
 *
 *   const command = await wordPoll({ title, item, id, poll, replaces })
 *   null, or {do: "draft_poll", ...}; `poll` fills the form, `id` words that draft anew instead of making a new one
 */
import { html } from "lit"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { freshId } from "./live-connection.js"
import { say } from "./words.js"

const ENTRIES_LIMIT = 20

export function wordPoll(given) {
  const element = document.createElement("poll-form")
  element.given = given
  document.body.append(element)
  return new Promise((resolve) => (element.resolve = resolve))
}

class PollForm extends LightElement {
  static properties = { given: { attribute: false }, entries: { state: true }, isList: { state: true } }

  willUpdate(changed) {
    if (!changed.has("given")) return
    const choices = this.given.poll?.options.filter(({ side }) => side === "choice").map(({ words }) => words) ?? []
    this.isList = choices.length > 0
    this.entries = choices.length > 0 ? choices : [blank(), blank()]
  }

  firstUpdated() {
    this.dialog.showModal()
  }

  get dialog() {
    return this.querySelector("dialog")
  }

  render() {
    const { title, poll } = this.given
    return html`<dialog class="poll-form" aria-labelledby="poll-form-title" @close=${() => this.finish(null)}>
      <form method="dialog" class="stack" @submit=${this.save}>
        <h2 id="poll-form-title">${title}</h2>
        ${field("question_vi", say("question_vi"), poll?.question.vi, true)}
        ${field("question_en", `${say("question_en")} (${say("optional")})`, poll?.question.en, false)}
        <fieldset class="field">
          <legend>${say("vote_kind")}</legend>
          ${this.kind(false, say("kind_motion"))}${this.kind(true, say("kind_list"))}
        </fieldset>
        ${this.isList ? this.list() : ""}
        <div class="dialog-actions">
          <button class="button" type="button" @click=${() => this.dialog.close()}>${say("cancel")}</button>
          <button class="button" data-kind="primary">${say("save_poll")}</button>
        </div>
      </form>
    </dialog>`
  }

  kind(isList, words) {
    return html`<label class="choice"><input type="radio" name="kind" .checked=${this.isList === isList}
      @change=${() => (this.isList = isList)}>${words}</label>`
  }

  list() {
    const most = Math.min(this.given.poll?.max_choices ?? 1, this.entries.length)
    return html`<fieldset class="field poll-entries">
      <legend class="sr-only">${say("kind_list")}</legend>
      ${this.entries.map((entry, index) => this.entry(entry, index + 1))}
      <button class="button" type="button" ?disabled=${this.entries.length >= ENTRIES_LIMIT}
        @click=${() => (this.entries = [...this.entries, blank()])}>${icon("plus")} ${say("add_entry")}</button>
      <label class="poll-most">${say("max_choices")}
        <input class="input" type="number" name="max_choices" min="1" max=${this.entries.length} required .value=${String(most)}></label>
    </fieldset>`
  }

  entry(entry, n) {
    return html`<div class="poll-entry">
      ${this.entryField(entry, n, "vi", true)}${this.entryField(entry, n, "en", false)}
      <button class="button" data-kind="quiet" type="button" aria-label=${say("remove_entry", { n })} ?disabled=${this.entries.length <= 2}
        @click=${() => (this.entries = this.entries.filter((other) => other !== entry))}>${icon("x")}</button>
    </div>`
  }

  entryField(entry, n, side, required) {
    return html`<input class="input" aria-label=${say(`list_entry_${side}`, { n })} placeholder=${say(`list_entry_${side}`, { n })}
      ?required=${required} .value=${entry[side]} @input=${(event) => (entry[side] = event.target.value)}>`
  }

  save(event) {
    event.preventDefault()
    const fields = new FormData(event.target)
    const { id, item, replaces } = this.given
    const command = {
      do: "draft_poll",
      poll: id ?? freshId(),
      item,
      question: { vi: fields.get("question_vi").trim(), en: fields.get("question_en").trim() },
      ...(replaces ? { replaces } : {}),
      ...(this.isList ? { choices: this.entries.map(trimmed), max_choices: Number(fields.get("max_choices")) } : {}),
    }
    this.finish(command)
    this.dialog.close()
  }

  finish(command) {
    this.resolve(command)
    this.resolve = () => {}
    if (!this.dialog.open) this.remove()
  }
}

function field(name, label, value, required) {
  return html`<p class="field"><label for="poll-${name}">${label}</label>
    <textarea id="poll-${name}" name=${name} rows="2" maxlength="2000" ?required=${required} .value=${value ?? ""}></textarea></p>`
}

function blank() {
  return { vi: "", en: "" }
}

function trimmed({ vi, en }) {
  return { vi: vi.trim(), en: en.trim() }
}
customElements.define("poll-form", PollForm)
