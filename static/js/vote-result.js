/**
 * The result of a vote exactly as the rules gave it: the sentence, the counts, a bar per option against the base, and
 * the threshold as a line. Properties: poll (a part with `result`), seats, mine.
 */
import { html, svg } from "lit"
import "./seat-row.js"
import { LightElement } from "./light-element.js"
import { pick, say } from "./words.js"
import { voteSign } from "./vote-sign.js"

class VoteResult extends LightElement {
  static properties = { poll: { attribute: false }, seats: { attribute: false }, mine: { attribute: false } }

  render() {
    const { result } = this.poll ?? {}
    if (!result) return ""
    return html`<div class="result" data-verdict=${result.verdict} data-carried=${result.carried}>
      <p class="result-sentence">${voteSign(result.carried ? "for" : "against")}<strong>${pick(result.sentence)}</strong></p>
      <ul class="bars">${this.poll.options.map((option) => this.bar(option, result))}</ul>
      <p class="result-facts">${say("present_voted", result)}${this.poll.counted ? html` · ${say("includes_count")}` : ""}${
        result.article ? html` · ${pick(result.article)}` : ""}</p>
      ${this.poll.votes ? html`<seat-row .seats=${this.seats} .voted=${this.voters}
        .votes=${this.poll.votes} .options=${this.poll.options} .mine=${this.mine}></seat-row>${this.eachVote()}` : ""}
    </div>`
  }

  get voters() {
    return Object.keys(this.poll.votes).map(Number)
  }

  bar({ id, side, words }, { counts, base_size: base, needed, chosen }) {
    const count = counts[id] ?? 0
    // Votes that are not in the base (not voting, in a base of for and against) still fit on the bar.
    const full = Math.max(base, needed, ...Object.values(counts), 1)
    const hasThreshold = side === "for" || side === "choice"
    return html`<li class="bar" data-side=${side} ?data-chosen=${chosen.includes(id)}>
      <span class="bar-words">${voteSign(side)} ${pick(words)}</span>
      <span class="bar-count">${count}<span class="sr-only"> ${say("of_base", { base })}</span></span>
      <svg class="bar-picture" viewBox="0 0 ${full} 1" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<rect class="bar-base" width=${base} height="1" /><rect class="bar-value" width=${count} height="1" />
        ${hasThreshold ? svg`<path class="bar-needed" d="M${needed} 0V1" />` : ""}`}
      </svg>
      ${hasThreshold ? html`<span class="bar-threshold">${say("needed_line", { needed })}</span>` : ""}
    </li>`
  }

  eachVote() {
    if (!this.seats || this.voters.length === 0) return ""
    return html`<details class="each-vote">
      <summary>${say("each_vote")}</summary>
      ${this.poll.options.map((option) => this.namesFor(option))}
      ${this.opinions()}
    </details>`
  }

  namesFor({ id, side, words }) {
    const names = this.seats.filter(({ seat }) => this.poll.votes[seat]?.includes(id))
    if (names.length === 0) return ""
    return html`<h3 data-side=${side}>${voteSign(side)} ${pick(words)} (${names.length})</h3>
      <ul class="names">${names.map(({ office }) => html`<li>${pick(office)}</li>`)}</ul>`
  }

  opinions() {
    const given = this.seats.filter(({ seat }) => this.poll.opinions?.[seat])
    if (given.length === 0) return ""
    return html`<h3>${say("opinions")}</h3>
      <ul class="names">${given.map(({ seat, office }) => html`<li>${pick(office)}: ${this.poll.opinions[seat]}</li>`)}</ul>`
  }
}
customElements.define("vote-result", VoteResult)
