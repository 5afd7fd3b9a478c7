/**
 * A count on paper or by raised hands, of those who have no working tablet: one person enters it, a second one confirms.
 * Properties: name (poll id), poll (open), chair (the seat of the Chair), people, me. Event: carry-out.
 */
import { html } from "lit"
import { ask } from "./confirm-dialog.js"
import { carryOut, refusalWords } from "./carry-out.js"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { voteSign } from "./vote-sign.js"
import { pick, say } from "./words.js"

class HandCount extends LightElement {
  static properties = {
    name: { attribute: false },
    poll: { attribute: false },
    chair: { attribute: false },
    people: { attribute: false },
    me: { attribute: false },
    entering: { state: true },
    refusal: { state: true },
    sending: { state: true },
  }

  willUpdate(changed) {
    if (changed.has("name")) this.entering = this.refusal = undefined
  }

  render() {
    if (this.poll?.state !== "open") return ""
    const { count } = this.poll
    return html`<section class="hand-count" aria-labelledby="count-title">
      ${count && !this.entering ? this.entered(count) : this.entering ? this.form(count) : this.offer()}
      ${this.entering ? "" : this.refusedWords()}
    </section>`
  }

  refusedWords() {
    return this.refusal ? html`<p class="notice" data-tone="bad" role="alert"><span>${this.refusal}</span></p>` : ""
  }

  updated(changed) {
    if (changed.has("refusal") && this.refusal) this.querySelector("[role=alert]").scrollIntoView({ block: "nearest" })
  }

  offer() {
    return html`<h3 class="sr-only" id="count-title">${say("count_title")}</h3>
      <button class="button" @click=${() => (this.entering = true)}>${icon("hand")} ${say("count_offer")}</button>
      <p class="field-hint">${say("count_offer_why")}</p>`
  }

  form(before) {
    const isList = this.poll.options.some(({ side }) => side === "choice")
    return html`<form class="stack" novalidate @submit=${this.enter}>
      <h3 id="count-title">${say("count_title")}</h3>
      <p class="soft">${say("count_left", { count: this.poll.missing?.length ?? 0 })}</p>
      ${before && before.entered_by !== this.me?.person ? html`<p class="notice" data-tone="warn"><span>${say("count_replaces", { who: this.office(before.entered_by) })}</span></p>` : ""}
      <fieldset class="field"><legend>${say("count_method")}</legend>
        <div class="count-methods">${["hands", "paper"].map((method) => html`<label class="choice">
          <input type="radio" name="method" value=${method} ?checked=${(before?.method ?? "hands") === method}>${say(`count_${method}`)}</label>`)}</div>
      </fieldset>
      <div class="count-options">${this.poll.options.map((option) => this.number(option, before?.counts[option.id]))}</div>
      ${isList ? this.voters(before?.voters) : ""}
      ${this.chairSide(before)}
      ${this.refusedWords()}
      <div class="form-actions">
        <button class="button" data-kind="primary" ?disabled=${this.sending}>${say("count_enter")}</button>
        <button class="button" type="button" @click=${() => (this.entering = false)}>${say("cancel")}</button>
      </div>
    </form>`
  }

  number({ id, side, words }, value = 0) {
    return html`<label class="count-option" data-side=${side}><span>${voteSign(side)} ${pick(words)}</span>
      <input class="input" type="number" inputmode="numeric" name="count" data-option=${id} min="0" max="999" .value=${String(value)}
        @focus=${(event) => event.target.select()}></label>`
  }

  voters(value = 0) {
    return html`<label class="count-option"><span>${say("count_voters")}</span>
      <input class="input" type="number" inputmode="numeric" name="voters" min="0" max="999" .value=${String(value)}></label>`
  }

  /** Only a Chair who has not voted on a tablet can be among those counted. */
  chairSide(before) {
    if (!this.poll.missing?.includes(this.chair)) return ""
    return html`<p class="field"><label for="chair-side">${say("count_chair_side")}</label>
      <select id="chair-side" name="chair_choice" aria-describedby="chair-side-hint">
        <option value="">${say("count_chair_unknown")}</option>
        ${this.poll.options.map(({ id, words }) => html`<option value=${id} ?selected=${before?.chair_choice === id}>${pick(words)}</option>`)}
      </select>
      <span class="field-hint" id="chair-side-hint">${say("count_chair_hint")}</span></p>`
  }

  /** The second person sees what they confirm; the first one is told that another must. */
  entered(count) {
    const isMine = count.entered_by === this.me?.person
    return html`<h3 id="count-title">${say("count_title")}</h3>
      <p class="soft">${say(`count_by_${count.method}`, { who: this.office(count.entered_by) })}</p>
      ${this.numbers(count)}
      ${count.confirmed_by
        ? html`<p class="count-confirmed">${icon("check")} ${say("count_confirmed", { who: this.office(count.confirmed_by) })}</p>`
        : html`<p class="notice" data-tone="warn"><span>${say(isMine ? "count_wait_second" : "count_you_second")}</span></p>`}
      <div class="form-actions">
        ${isMine || count.confirmed_by ? "" : html`<button class="button" data-kind="primary" ?disabled=${this.sending} @click=${this.confirm}>${icon("check")} ${say("do_confirm_count")}</button>`}
        ${isMine && !count.confirmed_by ? html`<button class="button" @click=${() => (this.entering = true)}>${icon("pencil")} ${say("count_correct")}</button>` : ""}
        <button class="button" ?disabled=${this.sending} @click=${this.discard}>${icon("x")} ${say("do_discard_count")}</button>
      </div>`
  }

  numbers({ counts, voters, chair_choice: chairChoice }) {
    const option = this.poll.options.find(({ id }) => id === chairChoice)
    return html`<ul class="count-numbers">${this.poll.options.map(({ id, side, words }) => html`
        <li data-side=${side}>${voteSign(side)} ${pick(words)}: <strong>${counts[id] ?? 0}</strong></li>`)}
      <li class="soft">${say("count_sum", { count: voters })}</li>
      ${option ? html`<li class="soft">${say("count_chair_said", { side: pick(option.words) })}</li>` : ""}</ul>`
  }

  office(person) {
    return pick(this.people?.find((row) => row.person === person)?.office)
  }

  async enter(event) {
    event.preventDefault()
    const form = event.target
    const counts = Object.fromEntries([...form.querySelectorAll("[name=count]")].map((input) => [input.dataset.option, Number(input.value) || 0]))
    const fields = new FormData(form)
    const done = await this.send({
      do: "enter_count",
      poll: this.name,
      counts,
      method: fields.get("method"),
      ...(fields.has("voters") ? { voters: Number(fields.get("voters")) || 0 } : {}),
      chair_choice: fields.get("chair_choice") ?? "",
    })
    if (done) this.entering = false
  }

  async confirm() {
    const { counts } = this.poll.count
    const lines = this.poll.options.map(({ id, words }) => `${pick(words)}: ${counts[id] ?? 0}`)
    const sure = await ask({ title: say("ask_confirm_count"), lines: [say("ask_confirm_count_why")], names: lines, yes: say("do_confirm_count"), no: say("cancel") })
    if (sure) this.send({ do: "confirm_count", poll: this.name })
  }

  async discard() {
    const sure = await ask({ title: say("ask_discard_count"), lines: [say("ask_discard_count_why")], yes: say("do_discard_count"), no: say("cancel") })
    if (sure) this.send({ do: "discard_count", poll: this.name })
  }

  async send(command) {
    this.sending = true
    const answer = await carryOut(this, command)
    this.sending = false
    this.refusal = refusalWords(answer)
    return Boolean(answer.done)
  }
}
customElements.define("hand-count", HandCount)
