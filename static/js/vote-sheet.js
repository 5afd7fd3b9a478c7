/**
 * A vote, on a sheet over the paper: the question, my ballot and what became of it, who has voted, the result.
 *
 * Properties: name (poll id), poll, number (of the item), me, seats, presence, pending (my ballot's outbox entry, if
 * any), refusal (of my last ballot, a bilingual text), connected, expanded, over, waiting (whole outbox, for check-in).
 * Events: command, fold, unfold, put-away, refusal-seen.
 */
import { html } from "lit"
import "./ballot-form.js"
import "./ballot-state.js"
import "./check-in.js"
import "./seat-row.js"
import "./vote-result.js"
import { TapGuard } from "./finger.js"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { optionsOf } from "./room-view.js"
import { pick, say } from "./words.js"

const PULL_PX = 48

class VoteSheet extends LightElement {
  static properties = {
    name: { attribute: false },
    poll: { attribute: false },
    number: { attribute: false },
    me: { attribute: false },
    seats: { attribute: false },
    presence: { attribute: false },
    pending: { attribute: false },
    waiting: { attribute: false },
    refusal: { attribute: false },
    connected: { type: Boolean },
    expanded: { type: Boolean },
    changing: { state: true },
  }

  guard = new TapGuard(this)

  willUpdate(changed) {
    if (changed.has("name") || changed.has("expanded")) this.guard.changed()
    if (changed.has("name")) this.changing = this.leftUnsent = false
    if (changed.has("poll") && changed.get("poll")?.state === "open" && !this.isOpen) this.leftUnsent = this.hasUnsentChoice
    if (changed.has("refusal") && this.refusal) this.changing = Boolean(this.ballot)
  }

  get ballot() {
    return this.me?.ballots[this.name]
  }

  /** What the sheet shows as my choice: what I sent last, else what is recorded, else nothing yet. */
  get standing() {
    return this.changing ? null : this.sent
  }

  get sent() {
    return this.pending?.message.choice ?? this.ballot?.choice ?? null
  }

  get isOpen() {
    return this.poll.state === "open"
  }

  get hasUnsentChoice() {
    return !this.standing && (this.querySelector("ballot-form")?.selected.length ?? 0) > 0
  }

  get isTyping() {
    return this.querySelector("ballot-form")?.isTyping ?? false
  }

  /** For somebody who is not typing, the question; the page calls it when the sheet has risen. */
  focusHeading() {
    this.querySelector(".sheet-question")?.focus({ preventScroll: true })
  }

  render() {
    if (!this.poll) return ""
    return html`<section class="sheet" data-state=${this.poll.state} ?data-expanded=${this.expanded} aria-labelledby="sheet-question"
      @keydown=${this.escape}>
      ${this.expanded ? this.head() : this.folded()}
      ${this.expanded ? html`<div class="sheet-body">${this.body()}</div>` : ""}
    </section>`
  }

  head() {
    return html`<header class="sheet-head" @pointerdown=${this.startPull} @pointerup=${this.endPull} @pointercancel=${this.dropPull}>
      <span class="sheet-grip" aria-hidden="true"></span>
      <div class="sheet-words">
        <p class="sheet-kicker">${this.kicker()}</p>
        <h2 class="sheet-question" id="sheet-question" tabindex="-1">${pick(this.poll.question)}</h2>
        ${this.poll.result ? "" : html`<p class="sheet-rule">${pick(this.poll.rule)}</p>`}
      </div>
      ${this.isOpen
        ? html`<button class="button sheet-fold" @click=${() => this.emit("fold")}>${icon("chevron-down")} ${say("read_on")}</button>`
        : html`<button class="button sheet-fold" @click=${() => this.emit("put-away")}>${icon("x")} ${say("put_away")}</button>`}
    </header>`
  }

  kicker() {
    const where = say("vote_on_item", { number: this.number })
    return html`${where}${this.poll.replaces ? html` · ${say("repeat_of")}` : ""} ${this.isOpen ? "" : html` · ${say(`state_poll_${this.poll.state}`)}`}`
  }

  folded() {
    return html`<button class="sheet-folded" aria-expanded="false" ?aria-disabled=${this.guard.closed} @click=${this.unfold}>
      ${icon("chevron-up")}
      <span class="sheet-folded-words"><strong id="sheet-question">${pick(this.poll.question)}</strong><span>${this.foldedState()}</span></span>
      <span class="sheet-folded-action">${this.isOpen && !this.sent ? say("vote_now") : say("show_vote")}</span>
    </button>`
  }

  foldedState() {
    if (!this.isOpen) return say(`state_poll_${this.poll.state}`)
    if (!this.sent) return say("voted_of", { voted: this.poll.voted, all: this.poll.electorate })
    const words = optionsOf(this.poll, this.sent).map((option) => pick(option.words)).join("; ")
    return `${say("vote_cast")}: ${words}`
  }

  unfold() {
    if (!this.guard.closed) this.emit("unfold")
  }

  body() {
    if (this.poll.state === "void") return this.voided()
    return this.isOpen ? [this.mine(), this.progress()] : this.closed()
  }

  /** My part of an open vote. The options stand where they stand, whether I may vote or not. */
  mine() {
    const mayVote = this.me.votes && !this.poll.counted
    return html`${this.refusal ? html`<p class="notice" data-tone="bad" role="alert">${pick(this.refusal)}</p>` : ""}
      <ballot-form .name=${this.name} .poll=${this.poll} ?disabled=${this.guard.closed} ?closed=${!mayVote} .fixed=${this.standing}
        .before=${this.changing ? this.sent : null} @cast=${this.cast} @keep=${this.keep}></ballot-form>
      ${mayVote || this.standing ? "" : this.whyNot()}
      ${this.standing ? html`<ballot-state .poll=${this.poll} .ballot=${this.ballot} .pending=${this.pending} ?connected=${this.connected}
        ?changeable=${mayVote} @change-ballot=${() => (this.changing = true)}></ballot-state>` : ""}`
  }

  whyNot() {
    const why = this.poll.counted ? say("counted_by_hand") : pick(this.me.why_not)
    const canCome = !this.me.present && ["chair", "deputy", "member", "substitute"].includes(this.me.role)
    return html`<div class="notice" data-tone="warn"><p class="why-not">${why}</p>
      ${canCome ? html`<check-in .me=${this.me} .pending=${this.waiting}></check-in>` : ""}</div>`
  }

  cast(event) {
    event.stopPropagation()
    const { choice, opinion } = event.detail
    this.changing = false
    this.emit("refusal-seen")
    this.command({ do: "cast_ballot", poll: this.name, choice, ...(opinion ? { opinion } : {}) })
  }

  keep() {
    this.changing = false
    this.emit("refusal-seen")
  }

  progress() {
    const facts = { voted: this.poll.voted, ...this.presence }
    return html`<div class="progress">
      <p>${say("voted_and_present", facts)}${this.tally()}</p>
      <seat-row .seats=${this.seats} .present=${this.presence?.seats} .voted=${this.poll.voted_seats} .mine=${this.me.person}></seat-row>
    </div>`
  }

  tally() {
    const { tally, options } = this.poll
    if (!tally) return ""
    return html` · ${say("tally_so_far")}: ${options.map((option) => `${pick(option.words)} ${tally[option.id]}`).join(", ")}`
  }

  closed() {
    const { result } = this.poll
    const isPreview = result && this.poll.state === "closed"
    return html`${this.refusal ? html`<p class="notice" data-tone="bad" role="alert">${pick(this.refusal)}</p>` : ""}
      ${isPreview ? html`<p class="notice" data-tone="warn">${say("closed_preview")}</p>` : ""}
      ${result
        ? html`<vote-result .poll=${this.poll} .seats=${this.seats} .mine=${this.me.person}></vote-result>`
        : html`<p class="sheet-wait">${say("closed_wait")}</p>`}
      ${this.myEnd()}`
  }

  /** What became of my own ballot, for those who could vote. */
  myEnd() {
    if (this.leftUnsent) return html`<p class="notice" data-tone="bad">${say("not_cast")}</p>`
    if (this.sent) {
      return html`<ballot-state .poll=${this.poll} .ballot=${this.ballot} .pending=${this.pending} ?connected=${this.connected} spelled></ballot-state>`
    }
    return this.me.votes && !this.poll.counted ? html`<p class="soft">${say("you_did_not_vote")}</p>` : ""
  }

  voided() {
    return html`<p class="notice" data-tone="warn">${say("void", { reason: this.poll.void_reason })}</p>`
  }

  escape(event) {
    if (event.key !== "Escape" || !this.expanded) return
    event.stopPropagation()
    this.emit(this.isOpen ? "fold" : "put-away")
  }

  startPull(event) {
    this.pulledFrom = event.clientY
  }

  endPull(event) {
    if (event.clientY - this.pulledFrom > PULL_PX) this.emit(this.isOpen ? "fold" : "put-away")
    this.dropPull()
  }

  dropPull() {
    this.pulledFrom = Infinity
  }
}
customElements.define("vote-sheet", VoteSheet)
