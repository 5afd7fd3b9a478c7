/**
 * What a person looks at: the item under way, with the meeting, or another one for as long as they like. A push never
 * takes away what they read; the page says where the meeting is, and going there is one tap.
 */
import { fingerIsUp } from "./finger.js"
import { rowOf } from "./room-view.js"
import { pick, say } from "./words.js"

export class RoomPlace {
  /** The item chosen by the person, null while they go along with the meeting. */
  chosen = null
  #host
  #store
  #current = null
  #papers = new Map()

  constructor(host, store) {
    this.#host = host
    this.#store = store
    this.chosen = Number(/^#item-(\d+)$/.exec(location.hash)?.[1]) || null
  }

  get current() {
    return this.#current
  }

  get viewing() {
    return this.chosen ?? this.#current
  }

  /** The item under way while another one is on view. */
  get back() {
    return this.chosen !== null && this.#current !== null ? this.#row(this.#current) : undefined
  }

  get paper() {
    return this.#papers.get(this.viewing) ?? null
  }

  view(item) {
    this.chosen = item === this.#current ? null : item
    this.#keep()
  }

  viewPaper(paper) {
    this.#papers.set(this.viewing, paper)
    this.#keep()
  }

  /** To be told of every push; returns true when the meeting has moved to another item. */
  partsChanged() {
    const before = this.#current
    const now = this.#store.get("stage")?.current_item ?? null
    if (this.chosen !== null && !this.#row(this.chosen)) this.chosen = null
    if (now === before) return false
    this.#current = now
    if (this.chosen === now) this.chosen = null
    else if (this.chosen === null) this.#goAlong(before, now)
    else this.#sayWhere(now)
    this.#keep()
    return true
  }

  #goAlong(before, now) {
    if (!this.#row(before)) return
    this.chosen = before
    fingerIsUp().then(() => {
      // Somebody who has moved on meanwhile is left where they went.
      if (this.chosen !== before || this.#current !== now) return
      this.chosen = null
      this.#sayGone(before, now)
      this.#keep()
    })
  }

  #sayGone(before, now) {
    const row = this.#row(now)
    if (!row || this.#host.ownItem === now) return
    const action = { label: say("stay_at", { number: this.#row(before)?.number }), run: () => this.view(before) }
    this.#host.notices?.show({ key: "place", words: say("went_along", { number: row.number }), action })
  }

  #sayWhere(now) {
    const row = this.#row(now)
    if (!row) return
    const words = say("moved_on", { number: row.number, title: pick(row.title) })
    this.#host.notices?.show({ key: "place", words, action: { label: say("go_there"), run: () => this.view(now) } })
  }

  #row(item) {
    return rowOf(this.#store.get("agenda"), item)
  }

  /** In the address, so that a reload and the way through the sign-in come back here. */
  #keep() {
    const hash = this.chosen === null ? "" : `#item-${this.chosen}`
    if (location.hash !== hash) history.replaceState(null, "", location.pathname + location.search + hash)
    this.#host.requestUpdate()
  }
}
