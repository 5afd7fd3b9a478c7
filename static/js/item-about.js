/**
 * What is known of an item beside its papers: who presents it, its conclusion, its votes with their results.
 * Properties: row (of the agenda), part (item/N), polls ([id, part]). Event: show-poll {poll}.
 */
import { html } from "lit"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { pick, say } from "./words.js"

class ItemAbout extends LightElement {
  static properties = { row: { attribute: false }, part: { attribute: false }, polls: { attribute: false } }

  render() {
    const { row, part } = this
    return html`<section class="about">
      <h2>${row.number}. ${pick(row.title)}</h2>
      <dl class="about-facts">
        ${fact("kind", say(`kind_${row.kind}`))}
        ${fact("presenter", pick(row.presenter))}
        ${fact("agency", pick(row.agency))}
        ${fact("planned_time", row.minutes ? say("planned", { minutes: row.minutes }) : "")}
      </dl>
      ${part?.conclusion ? html`<h3>${say("conclusion")}</h3><p class="about-conclusion">${part.conclusion}</p>` : ""}
      ${this.polls.length > 0 ? html`<h3>${say("votes_on_item")}</h3>
        <ul class="about-polls">${this.polls.map(([id, poll]) => this.poll(id, poll))}</ul>` : ""}
    </section>`
  }

  poll(id, poll) {
    return html`<li><button class="about-poll" @click=${() => this.emit("show-poll", { poll: id })}>
      <span><strong>${pick(poll.question)}</strong>
        <span class="soft">${poll.result ? pick(poll.result.sentence) : say(`state_poll_${poll.state}`)}</span></span>
      ${icon("chevron-right")}</button></li>`
  }
}

function fact(key, value) {
  return value ? html`<div><dt>${say(key)}</dt><dd>${value}</dd></div>` : ""
}
customElements.define("item-about", ItemAbout)
