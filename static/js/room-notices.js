/**
 * What happened, said for a moment: moved on, refused, undone.
 *
 *   notices.show({ words, tone: "bad", action: { label, run }, key, stays })
 *
 * What went wrong, and what `stays`, is there until it is dismissed; of everything else only the newest is shown.
 * A later notice with the same key takes the place of the earlier one.
 */
import { html } from "lit"
import { repeat } from "lit/directives/repeat.js"
import { LightElement } from "./light-element.js"
import { icon } from "./icon.js"
import { say } from "./words.js"

const SHOWN_MS = 10_000
const LIMIT = 2

class RoomNotices extends LightElement {
  static properties = { notices: { state: true } }

  #count = 0

  constructor() {
    super()
    this.notices = []
  }

  show(notice) {
    const id = ++this.#count
    const others = this.notices.filter((other) => lasts(other) && (!notice.key || other.key !== notice.key))
    this.notices = [...others, { id, tone: "primary", ...notice }].slice(-LIMIT)
    if (!lasts(notice)) setTimeout(() => this.dismiss(id), SHOWN_MS)
  }

  dismiss(id) {
    this.notices = this.notices.filter((notice) => notice.id !== id)
  }

  /** What is only passing would lie over the question of a vote that rises. */
  makeRoom() {
    this.notices = this.notices.filter(lasts)
  }

  /** Takes away what is no longer true. */
  withdraw(key) {
    this.notices = this.notices.filter((notice) => notice.key !== key)
  }

  render() {
    return html`<div class="room-notices" role="log" aria-live="polite" aria-relevant="additions">
      ${repeat(this.notices, ({ id }) => id, (notice) => this.notice(notice))}
    </div>`
  }

  notice({ id, words, tone, action }) {
    return html`<div class="notice" data-tone=${tone}>
      <p>${words}</p>
      ${action ? html`<button class="button" @click=${() => this.run(id, action)}>${action.label}</button>` : ""}
      <button class="button notice-close" data-kind="quiet" aria-label=${say("dismiss")} @click=${() => this.dismiss(id)}>${icon("x")}</button>
    </div>`
  }

  run(id, action) {
    this.dismiss(id)
    action.run()
  }
}

function lasts({ tone, stays }) {
  return tone === "bad" || stays === true
}
customElements.define("room-notices", RoomNotices)
