/**
 * Which picture the screen shows: one thought at a time. A result stays until the next item or vote begins.
 *
 *   const pictures = new ScreenPicture(store)
 *   pictures.partsChanged()      {kind, key, poll?, item?}; the same key is the same picture with newer figures
 */
import { latestPoll, openPoll } from "./room-view.js"

const OUTSIDE = new Set(["called", "suspended", "closed", "cancelled"])
const SETTLED = new Set(["closed", "published"])

export class ScreenPicture {
  #store
  #item
  #states = new Map()
  /** The vote whose end is on the screen. */
  #ended = null

  constructor(store) {
    this.#store = store
  }

  partsChanged() {
    const { stage, current_item: item } = this.#store.get("stage")
    this.#follow(item)
    if (OUTSIDE.has(stage)) return { kind: stage, key: stage }
    return this.#vote() ?? (item === null ? { kind: "between", key: "between" } : { kind: "item", key: `item/${item}`, item })
  }

  /** Who opens the screen in the middle of a session sees what stands: the last vote on the item, if it is over. */
  #follow(item) {
    const isFirst = this.#item === undefined
    if (isFirst) this.#ended = latestPoll(this.#store, item)
    else if (item !== null && item !== this.#item) this.#ended = null
    this.#item = item
    for (const [id, { state }] of this.#store.all("poll/")) {
      if (!isFirst && state !== this.#states.get(id) && SETTLED.has(state)) this.#ended = id
      this.#states.set(id, state)
    }
  }

  #vote() {
    const open = openPoll(this.#store)
    if (open !== null) return { kind: "vote", key: `vote/${open}`, poll: open }
    const state = this.#ended === null ? undefined : this.#store.get(`poll/${this.#ended}`)?.state
    if (state === "closed") return { kind: "vote", key: `closed/${this.#ended}`, poll: this.#ended }
    return state === "published" ? { kind: "result", key: `result/${this.#ended}`, poll: this.#ended } : null
  }
}
