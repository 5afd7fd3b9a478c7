/**
 * What the middle of the secretariat's page shows. Properties: tab, row (of the item on view), people, polls ([id, part]).
 * Event: choose-tab {tab}.
 */
import { html } from "lit"
import { LightElement } from "./light-element.js"
import { say } from "./words.js"

const TABS = ["agenda", "item", "votes", "roll", "guests"]

class RunTabs extends LightElement {
  static properties = {
    tab: {},
    row: { attribute: false },
    people: { attribute: false },
    polls: { attribute: false },
  }

  render() {
    if (!this.people) return ""
    return html`<div class="run-tabs" role="tablist" aria-label=${say("run_tabs")} @keydown=${this.walk}>${TABS.map((name) => this.entry(name))}</div>`
  }

  entry(name) {
    const isChosen = name === this.tab
    return html`<button class="run-tab" role="tab" id="tab-${name}" data-name=${name} aria-selected=${isChosen ? "true" : "false"} aria-controls="pane-${name}"
      tabindex=${isChosen ? 0 : -1} @click=${() => this.emit("choose-tab", { tab: name })}>${say(`tab_${name}`)} ${this.mark(name)}</button>`
  }

  /** What waits there, in a number. */
  mark(name) {
    if (name === "roll") return this.badge(this.people.filter(({ role, status }) => role !== "screen" && status === null).length, "roll_left")
    if (name !== "votes") return ""
    const open = this.polls.find(([, { state }]) => state === "open")?.[1]
    return open ? html`<span class="badge" data-tone="primary"><span aria-hidden="true">${open.voted}/${open.electorate}</span>
      <span class="sr-only">${say("voted_of", { voted: open.voted, all: open.electorate })}</span></span>` : ""
  }

  badge(count, words) {
    if (count === 0) return ""
    return html`<span class="badge"><span aria-hidden="true">${count}</span><span class="sr-only">${say(words, { count })}</span></span>`
  }

  /** Arrow keys walk along the tabs, as the pattern of tabs asks. */
  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    const tabs = [...this.querySelectorAll("[role=tab]")].filter((tab) => tab.offsetParent !== null)
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length]
    event.preventDefault()
    next.focus()
    next.click()
  }
}
customElements.define("run-tabs", RunTabs)
