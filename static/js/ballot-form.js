/**
 * The options of a vote, always in the same order and place, and the tap that sends: choosing never sends.
 * Properties: name (of the poll), poll, disabled, closed (to me: nothing to send), fixed (a choice shown as it stands, an array, or null while choosing),
 * before (the ballot being changed, an array). Event: cast {choice, opinion}.
 */
import { html } from "lit"
import { LightElement } from "./light-element.js"
import { icon } from "./icon.js"
import { optionsOf } from "./room-view.js"
import { pick, say } from "./words.js"
import { voteSign } from "./vote-sign.js"

class BallotForm extends LightElement {
  static properties = {
    name: { attribute: false },
    poll: { attribute: false },
    disabled: { type: Boolean },
    closed: { type: Boolean },
    fixed: { attribute: false },
    before: { attribute: false },
    selected: { state: true },
    opinion: { state: true },
  }

  constructor() {
    super()
    this.selected = []
    this.opinion = ""
  }

  willUpdate(changed) {
    const isOther = changed.has("name") && changed.get("name") !== undefined
    // A ballot is changed by a deliberate tap as well: nothing is chosen beforehand.
    if (isOther || (changed.has("before") && this.before)) this.clear()
  }

  updated(changed) {
    // On a phone the place to write would open below the edge.
    if (changed.has("selected")) this.querySelector(".ballot-opinion")?.scrollIntoView({ block: "nearest" })
  }

  clear() {
    this.selected = []
    this.opinion = ""
  }

  get isTyping() {
    return this.opinion !== "" && !this.fixed
  }

  get isMultiple() {
    return this.poll.max_choices > 1
  }

  render() {
    const isList = this.poll.options.some(({ side }) => side === "choice")
    const needsOpinion = optionsOf(this.poll, this.shown).some(({ side }) => side === "other")
    return html`<form class="ballot" @submit=${this.cast}>
      <fieldset class="ballot-options" data-list=${isList} ?data-fixed=${Boolean(this.fixed)}>
        <legend class="sr-only">${say("your_choice")}</legend>
        ${this.poll.options.map((option) => this.option(option))}
      </fieldset>
      ${needsOpinion && !this.fixed ? this.opinionField() : ""}
      ${this.fixed || this.closed ? "" : this.sendRow()}
    </form>`
  }

  get shown() {
    return this.fixed ?? this.selected
  }

  option({ id, side, words }) {
    const isChosen = this.shown.includes(id)
    const isFull = this.isMultiple && !isChosen && this.shown.length >= this.poll.max_choices
    return html`<label class="ballot-option" data-side=${side} ?data-chosen=${isChosen}>
      <input type=${this.isMultiple ? "checkbox" : "radio"} name="choice-${this.name}" .value=${id} .checked=${isChosen}
        ?disabled=${this.disabled || this.closed || Boolean(this.fixed) || isFull} @change=${(event) => this.choose(id, event.target.checked)}>
      ${side === "choice" ? html`<span class="ballot-box">${icon("check")}</span>` : voteSign(side)}
      <span class="ballot-words">${pick(words)}</span>
      ${this.before?.includes(id) ? html`<span class="ballot-before">${say("vote_cast")}</span>` : ""}
    </label>`
  }

  choose(id, isChosen) {
    if (!this.isMultiple) this.selected = [id]
    else this.selected = isChosen ? [...this.selected, id] : this.selected.filter((other) => other !== id)
  }

  opinionField() {
    return html`<p class="field ballot-opinion">
      <label for="opinion-${this.name}">${say("opinion")} <span class="field-hint">${say("opinion_hint")}</span></label>
      <textarea id="opinion-${this.name}" rows="2" maxlength="2000" required .value=${this.opinion}
        @input=${(event) => (this.opinion = event.target.value)}></textarea>
    </p>`
  }

  sendRow() {
    return html`<div class="ballot-send">
      <p class="ballot-hint">${this.hint()}</p>
      ${this.before ? html`<button class="button" type="button" @click=${() => this.emit("keep")}>${say("keep")}</button>` : ""}
      <button class="button ballot-cast" data-kind="primary" ?disabled=${this.disabled || this.selected.length === 0}>${this.castWords()}</button>
    </div>`
  }

  hint() {
    const { max_choices: count } = this.poll
    if (this.selected.length === 0) return this.isMultiple ? say("choose_up_to", { count }) : say("choose_one")
    return this.isMultiple ? say("chosen_of", { chosen: this.selected.length, count }) : ""
  }

  castWords() {
    if (this.isMultiple || this.selected.length === 0) return say("cast")
    return say("cast_choice", { choice: pick(optionsOf(this.poll, this.selected)[0].words) })
  }

  cast(event) {
    event.preventDefault()
    if (this.disabled || this.closed || this.fixed || this.selected.length === 0) return
    // In the order of the options, so that the same choice is the same ballot.
    const choice = optionsOf(this.poll, this.selected).map(({ id }) => id)
    const sides = optionsOf(this.poll, choice).map(({ side }) => side)
    this.emit("cast", { choice, opinion: sides.includes("other") ? this.opinion.trim() : "" })
  }
}
customElements.define("ballot-form", BallotForm)
