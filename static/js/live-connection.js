/**
 * The live connection of a page to its meeting: a socket that comes back by itself, and an outbox that forgets nothing.
 *
 *   const store = new PartsStore()
 *   const connection = new LiveConnection({ meeting: 12, person: 7, build: "a1b2", store })
 *   connection.addEventListener("state", () => connection.state)      // see below
 *   connection.addEventListener("outbox", () => connection.pending)   // entries of outbox.js
 *   connection.addEventListener("answer", ({detail}) => detail)       // {message, done} | {message, refused} | {message, lapsed}
 *   connection.addEventListener("stale", () => ...)                   // the server has newer pages: see live-page.js
 *   connection.start()
 *   const answer = await connection.send({ do: "cast_ballot", poll: "item-3", choice: ["for"] })
 *
 * `send` gives the message its id and may be called at any time; its promise resolves with {done}, {refused},
 * {lapsed: true} (a step that could not be sent within a minute) or {replaced: true} (by a later choice in the same vote).
 * After a reload the promise is gone, but the "answer" event still comes.
 *
 * state: "connecting"   the first connection
 *        "live"         the server has spoken within the last 10 s
 *        "reconnecting" the connection is lost, or in doubt, since a moment
 *        "offline"      no word from the server for 10 s, or the tablet knows that it has no network
 *        "ended"        signed out, or no longer admitted
 */
import { Outbox } from "./outbox.js"

const PING_EVERY_MS = 5_000
// With a tick of a second, a lost connection shows within 10 s.
const SILENCE_MS = 9_000
const PROBE_MS = 3_000
const CONNECT_MS = 8_000
const TICK_MS = 1_000
const RETRY_MS = [400, 800, 1_500, 2_500, 3_500]
const TROUBLE_RETRY_MS = 2_000

const ENDED = 1008
const FLOODED = "too many messages"

export class LiveConnection extends EventTarget {
  state = "connecting"
  /** When the server last spoke, in ms of this tablet's clock; null before it ever did. */
  lastContact = null
  /** The first part of the last {hello}: {build, person, audience, now}. */
  hello = null

  #url
  #build
  #store
  #outbox
  #socket = null
  #greeted = false
  #attempt = 0
  #retryTimer = 0
  #tickTimer = 0
  #lastTick = 0
  #startedAt = 0
  #connectingSince = 0
  #pingNumber = 0
  #lastPing = 0
  #deadline = 0
  #clockAhead = 0
  #promises = new Map()
  #listening = new AbortController()

  constructor({ meeting, person, build = "", store, storage = window.sessionStorage }) {
    super()
    const scheme = location.protocol === "https:" ? "wss" : "ws"
    this.#url = `${scheme}://${location.host}/meetings/${meeting}/live?build=${encodeURIComponent(build)}`
    this.#build = build
    this.#store = store
    this.#outbox = new Outbox(`ecabinet.outbox.${meeting}.${person}`, storage)
  }

  get pending() {
    return this.#outbox.entries
  }

  /** The server's time. */
  now() {
    return new Date(Date.now() + this.#clockAhead)
  }

  start() {
    const { signal } = this.#listening
    window.addEventListener("online", () => this.#wake(), { signal })
    window.addEventListener("offline", () => this.#doubt("offline"), { signal })
    window.addEventListener("pageshow", (event) => event.persisted && this.#wake(), { signal })
    document.addEventListener("visibilitychange", () => document.hidden || this.#wake(), { signal })
    this.#startedAt = this.#lastTick = Date.now()
    this.#tickTimer = setInterval(() => this.#tick(), TICK_MS)
    this.#connect()
  }

  stop() {
    this.#listening.abort()
    clearInterval(this.#tickTimer)
    clearTimeout(this.#retryTimer)
    this.#socket?.close()
    this.#socket = null
  }

  send(command) {
    const message = { id: freshId(), ...command }
    for (const entry of this.#outbox.add(message, Date.now())) this.#resolve(entry.message.id, { replaced: true })
    const answered = new Promise((resolve) => this.#promises.set(message.id, resolve))
    this.#flush()
    this.#tell("outbox")
    return answered
  }

  #connect() {
    clearTimeout(this.#retryTimer)
    this.#abandon()
    const socket = new WebSocket(this.#url)
    this.#socket = socket
    this.#connectingSince = Date.now()
    socket.onmessage = (event) => socket === this.#socket && this.#take(JSON.parse(event.data))
    socket.onclose = (event) => socket === this.#socket && this.#closed(event)
  }

  /** Lets go of a socket without waiting for it: a half-open one takes minutes to close. */
  #abandon() {
    const socket = this.#socket
    this.#socket = null
    this.#greeted = false
    this.#deadline = 0
    if (socket) socket.close()
    this.#outbox.rewind()
  }

  #closed(event) {
    this.#abandon()
    if (event.code === ENDED && event.reason !== FLOODED) {
      this.stop()
      this.#become("ended")
      return
    }
    this.#becomeLost()
    this.#retryLater()
    this.#tell("outbox")
  }

  /** With jitter, so that 1,000 tablets do not all come back in the same moment after a restart. */
  #retryLater() {
    const pause = RETRY_MS[Math.min(this.#attempt, RETRY_MS.length - 1)]
    this.#attempt += 1
    this.#retryTimer = setTimeout(() => this.#connect(), pause * (0.5 + Math.random()))
  }

  /** The lid was opened, the Wi-Fi is back: do not trust the old socket, do not wait for the next try. */
  #wake() {
    if (this.state === "ended") return
    this.#attempt = 0
    if (this.#greeted) this.#doubt("reconnecting")
    else if (this.#socket === null || Date.now() - this.#connectingSince > TICK_MS) this.#connect()
  }

  /** Says that the connection is uncertain until the server answers a ping, which it must within 3 s. */
  #doubt(state) {
    if (this.state === "ended") return
    if (this.#greeted) {
      this.#ping()
      this.#deadline = Math.min(this.#deadline, Date.now() + PROBE_MS)
    }
    if (state === "offline" || Date.now() - this.lastContact > PING_EVERY_MS + TICK_MS) this.#become(state)
  }

  #tick() {
    const now = Date.now()
    const slept = now - this.#lastTick > PING_EVERY_MS && !document.hidden
    this.#lastTick = now
    if (slept) this.#wake()
    else if (this.#greeted) this.#keepAlive(now)
    else this.#keepTrying(now)
    if (!this.#greeted) this.#becomeLost()
  }

  #keepAlive(now) {
    if (this.#deadline !== 0 && now > this.#deadline) this.#connect()
    else if (now - this.#lastPing >= PING_EVERY_MS) this.#ping()
  }

  #keepTrying(now) {
    if (this.#socket !== null && now - this.#connectingSince > CONNECT_MS) {
      this.#abandon()
      this.#retryLater()
    }
  }

  #ping() {
    this.#lastPing = Date.now()
    // A hidden page is woken once a minute only: an answer gets its time even after a long silence.
    if (this.#deadline === 0) this.#deadline = Math.max(this.lastContact + SILENCE_MS, this.#lastPing + PROBE_MS)
    this.#socket.send(JSON.stringify({ ping: ++this.#pingNumber }))
  }

  #take(frame) {
    this.lastContact = Date.now()
    this.#deadline = 0
    if (frame.hello) this.#greet(frame.hello)
    if (frame.parts) this.#takeParts(frame)
    else if ("id" in frame) this.#takeAnswer(frame)
    if (this.#greeted) this.#become("live")
    if (!frame.hello) return
    this.#flush()
    if (isOutdated(this.#build, frame.hello.build)) this.#tell("stale")
  }

  #greet(hello) {
    this.hello = hello
    this.#greeted = true
    this.#attempt = 0
    this.#lastPing = Date.now()
    this.#clockAhead = new Date(hello.now).getTime() - Date.now()
  }

  #takeParts(frame) {
    this.#store.apply(frame)
    if (this.#outbox.settle(frame.seq)) this.#tell("outbox")
  }

  #takeAnswer({ id, done, refused }) {
    const entry = this.#outbox.find(id)
    if (!entry) return
    if (refused?.reason === "not_recorded") {
      this.#keepForLater(entry, refused)
      return
    }
    const isAhead = done && done.seq > this.#store.seq
    if (isAhead) this.#outbox.update(id, { phase: "recorded", seq: done.seq, receipt: done.receipt, recordedAt: done.at })
    else this.#outbox.remove(id)
    this.#resolve(id, done ? { done } : { refused })
    this.#tell("answer", { message: entry.message, done, refused })
    this.#tell("outbox")
  }

  /** The disk of the server is in trouble: the message keeps its place and is tried again. */
  #keepForLater(entry, refused) {
    this.#outbox.update(entry.message.id, { phase: "waiting", trouble: refused.text })
    this.#tell("outbox")
    setTimeout(() => this.#flush(), TROUBLE_RETRY_MS)
  }

  #flush() {
    for (const { message } of this.#outbox.lapse(Date.now())) {
      this.#resolve(message.id, { lapsed: true })
      this.#tell("answer", { message, lapsed: true })
    }
    if (!this.#greeted) return
    for (const { message } of this.#outbox.unsent) {
      this.#socket.send(JSON.stringify(message))
      this.#outbox.update(message.id, { phase: "sending", tried: true })
    }
    this.#tell("outbox")
  }

  #resolve(id, answer) {
    this.#promises.get(id)?.(answer)
    this.#promises.delete(id)
  }

  #becomeLost() {
    const silence = Date.now() - (this.lastContact ?? this.#startedAt)
    if (silence > SILENCE_MS || !navigator.onLine) this.#become("offline")
    else this.#become(this.lastContact === null ? "connecting" : "reconnecting")
  }

  #become(state) {
    if (this.state === state) return
    this.state = state
    this.#tell("state")
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }))
  }
}

/** '' stands for pages that were not built: nothing to compare. */
function isOutdated(own, newest) {
  return own !== "" && newest !== "" && own !== newest
}

/** `crypto.randomUUID` exists on https and localhost only; a server in a LAN may be reached by plain http. */
export function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
