/**
 * Which vote lies on the sheet, and whether it is risen or folded. It rises by itself when a vote opens, never under a
 * finger, and once put aside it comes back by itself only for another vote.
 */
import { fingerIsUp } from "./finger.js"
import { latestPoll, openPoll } from "./room-view.js"
import { pick, say } from "./words.js"

export class RoomSheet {
  poll = null
  expanded = false
  #host
  #store
  #states = new Map()

  constructor(host, store) {
    this.#host = host
    this.#store = store
  }

  /** To be told of every push. */
  partsChanged() {
    for (const [id, poll] of this.#store.all("poll/")) {
      const before = this.#states.get(id)
      this.#states.set(id, poll.state)
      if (poll.state !== before) this.#moved(id, poll, before)
    }
    if (this.poll !== null && !this.#store.get(`poll/${this.poll}`)) this.putAway()
  }

  /** The meeting goes on with another item: what was settled makes room. */
  meetingMoved() {
    fingerIsUp().then(() => this.poll !== null && !this.#isOpen(this.poll) && this.putAway())
  }

  show(poll) {
    this.poll = poll
    this.expanded = true
    this.#host.requestUpdate()
  }

  fold() {
    this.expanded = false
    this.#host.requestUpdate()
  }

  putAway() {
    this.poll = null
    this.expanded = false
    this.#host.requestUpdate()
  }

  /** The poll that the button of the bar stands for. */
  candidate(viewing) {
    return openPoll(this.#store) ?? this.poll ?? latestPoll(this.#store, viewing)
  }

  toggle(viewing) {
    const poll = this.candidate(viewing)
    if (poll === null) return
    if (this.poll !== poll || !this.expanded) this.show(poll)
    else if (this.#isOpen(poll)) this.fold()
    else this.putAway()
  }

  #isOpen(id) {
    return this.#store.get(`poll/${id}`)?.state === "open"
  }

  #moved(id, poll, before) {
    const isNew = before === undefined
    const question = pick(poll.question)
    if (poll.state === "open") this.#rise(id, say("said_poll_opened", { question }))
    else if (isNew) return
    else if (poll.state === "closed") this.#host.announce(say("said_poll_closed", { question }))
    else if (poll.state === "published") this.#published(id, poll)
    else if (poll.state === "void" && before !== "draft") this.#host.announce(say("said_poll_void", { question }))
  }

  async #rise(id, words) {
    await fingerIsUp()
    if (!this.#isOpen(id)) return
    this.show(id)
    this.#host.announce(words)
    this.#host.sheetHasRisen()
  }

  /** Whoever put the vote aside to read is told, and left to read. */
  async #published(id, poll) {
    const words = pick(poll.result?.sentence)
    this.#host.announce(words)
    if (this.poll === id && !this.expanded) {
      this.#host.notices?.show({ key: "vote", words, action: { label: say("vote_result"), run: () => this.show(id) } })
      return
    }
    await fingerIsUp()
    this.show(id)
  }
}
