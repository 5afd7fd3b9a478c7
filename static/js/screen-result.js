/**
 * A published result for the last row: the verdict, the numbers with sign, word and colour, the bar against its base with
 * the threshold, the sentence of the rules. Property: shown {poll, number}.
 */
import { html, svg } from "lit"
import { LightElement } from "./light-element.js"
import { voteSign } from "./vote-sign.js"
import { pick, say } from "./words.js"

class ScreenResult extends LightElement {
  static properties = { shown: { attribute: false } }

  get isList() {
    return this.shown.poll.options.some(({ side }) => side === "choice")
  }

  /** Set through the style object: the policy of the page allows no style attributes. */
  updated() {
    for (const bar of this.querySelectorAll("[data-needed]")) bar.style.setProperty("--needed", bar.dataset.needed)
  }

  render() {
    const { poll, number } = this.shown ?? {}
    const { result } = poll ?? {}
    if (!result) return ""
    return html`<section class="picture" data-kind="result" data-carried=${result.carried} data-options=${this.isList ? "list" : poll.options.length}>
      <p class="picture-kicker">${say("screen_result", { number })}</p>
      <h2 class="picture-asked">${pick(poll.question)}</h2>
      <h1 class="picture-verdict">${voteSign(result.carried ? "for" : "against")}<span>${say(`verdict_${result.verdict}`)}</span></h1>
      ${this.isList ? this.list(poll, result) : [this.numbers(poll, result), this.bar(poll, result)]}
      <p class="picture-sentence">${pick(result.sentence)}</p>
    </section>`
  }

  numbers({ options }, { counts }) {
    return html`<dl class="picture-numbers">${options.map(({ id, side, words }) => html`<div data-side=${side}>
      <dd>${counts[id] ?? 0}</dd><dt>${voteSign(side)}<span>${pick(words)}</span></dt></div>`)}</dl>`
  }

  /** For from the left, against from the right; what nobody gave stays empty. */
  bar({ options }, { counts, base_size: base, needed }) {
    const full = Math.max(base, needed, 1)
    const [yes, no] = ["for", "against"].map((wanted) => counts[options.find(({ side }) => side === wanted)?.id] ?? 0)
    return html`<div class="picture-bar" data-needed=${needed / full} aria-hidden="true">
      <svg viewBox="0 0 ${full} 1" preserveAspectRatio="none">
        ${svg`<rect class="picture-bar-base" width=${base} height="1" />
        <rect class="picture-bar-for" width=${Math.min(yes, full)} height="1" />
        <rect class="picture-bar-against" x=${full - Math.min(no, full)} width=${Math.min(no, full)} height="1" />`}
      </svg>
      <span class="picture-bar-line"></span>
      <span class="picture-bar-needed">${say("screen_needed", { needed })}</span>
      <span class="picture-bar-full">${say("screen_base", { base })}</span>
    </div>`
  }

  list({ options }, { counts, base_size: base, needed, chosen }) {
    const full = Math.max(base, needed, ...Object.values(counts), 1)
    return html`<dl class="picture-list" data-many=${options.length > 8 ? "many" : "few"}>${options.map(({ id, words }) => html`
      <div ?data-chosen=${chosen.includes(id)}>
        <dt>${chosen.includes(id) ? voteSign("for") : ""}<span>${pick(words)}</span></dt>
        <dd>${counts[id] ?? 0}</dd>
        <div class="picture-bar" data-needed=${needed / full} aria-hidden="true">
          <svg viewBox="0 0 ${full} 1" preserveAspectRatio="none">${svg`<rect class="picture-bar-base" width=${base} height="1" />
            <rect class="picture-bar-for" width=${counts[id] ?? 0} height="1" />`}</svg>
          <span class="picture-bar-line"></span></div>
      </div>`)}</dl>`
  }
}
customElements.define("screen-result", ScreenResult)
