/**
 * What a tablet has asked and the server has not answered yet: in memory, and in sessionStorage, so that a reload or a
 * crash of the browser loses nothing. Sending a message again is harmless, since it keeps its id.
 *
 * An entry: {message: {id, do, ...}, at (ms), phase: "waiting" | "sending" | "recorded", seq?, trouble?}.
 *   waiting   not sent, or the connection broke before the answer came: it will be sent (again)
 *   sending   sent, no answer yet
 *   recorded  acknowledged, the parts that show it are still on their way
 */

const LAPSE_MS = 60_000

// Steps in the course of a meeting are decided in view of its state. A minute later that state may be another one, and
// 'next item' would do harm; a ballot, a note or a check-in still means what it meant.
const STEERING = new Set([
  "open_session", "suspend_session", "resume_session", "close_session", "cancel_meeting", "assign_presiding",
  "start_item", "finish_item", "postpone_item", "withdraw_item", "return_item", "check_out",
  "open_poll", "close_poll", "publish_result", "void_poll", "confirm_count", "discard_count",
])

export class Outbox {
  #entries
  #key
  #storage

  constructor(key, storage) {
    this.#key = key
    this.#storage = storage
    this.#entries = this.#load()
  }

  get entries() {
    return this.#entries
  }

  get unsent() {
    return this.#entries.filter((entry) => entry.phase === "waiting")
  }

  find(id) {
    return this.#entries.find((entry) => entry.message.id === id)
  }

  /** Returns the entries that the new one replaces: an earlier choice in the same vote that never left the tablet. */
  add(message, now) {
    const replaced = this.#entries.filter((entry) => isReplacedBy(entry, message))
    this.#entries = this.#entries.filter((entry) => !replaced.includes(entry))
    this.#entries.push({ message, at: now, phase: "waiting", tried: false })
    this.#save()
    return replaced
  }

  /** Changes an entry in place of a new one, so that the list can be compared by identity. */
  update(id, change) {
    this.#entries = this.#entries.map((entry) => (entry.message.id === id ? { ...entry, ...change } : entry))
    this.#save()
  }

  remove(id) {
    this.#entries = this.#entries.filter((entry) => entry.message.id !== id)
    this.#save()
  }

  /** The connection broke: what has no answer is sent again. */
  rewind() {
    this.#entries = this.#entries.map((entry) => (entry.phase === "sending" ? { ...entry, phase: "waiting" } : entry))
  }

  /** Parts up to `seq` are here: what they show is no longer pending. */
  settle(seq) {
    const left = this.#entries.filter((entry) => entry.phase !== "recorded" || entry.seq > seq)
    const settled = left.length < this.#entries.length
    this.#entries = left
    if (settled) this.#save()
    return settled
  }

  /** Takes out and returns the steps that waited too long to be sent now. */
  lapse(now) {
    const lapsed = this.unsent.filter((entry) => STEERING.has(entry.message.do) && now - entry.at > LAPSE_MS)
    if (lapsed.length === 0) return lapsed
    this.#entries = this.#entries.filter((entry) => !lapsed.includes(entry))
    this.#save()
    return lapsed
  }

  #load() {
    try {
      const kept = JSON.parse(this.#storage.getItem(this.#key) ?? "[]")
      return kept.map((entry) => ({ ...entry, phase: "waiting" }))
    } catch {
      return [] // Storage that is refused or was written by an older page.
    }
  }

  #save() {
    const kept = this.#entries.filter((entry) => entry.phase !== "recorded")
    try {
      if (kept.length > 0) this.#storage.setItem(this.#key, JSON.stringify(kept))
      else this.#storage.removeItem(this.#key)
    } catch {
      // Storage full or refused: memory still holds them.
    }
  }
}

function isReplacedBy(entry, message) {
  const earlier = entry.message
  return message.do === "cast_ballot" && earlier.do === "cast_ballot" && earlier.poll === message.poll && !entry.tried
}
