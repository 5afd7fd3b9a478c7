/**
 * Where the fingers are: nothing may move under one that is down, and no tap may land on what has just appeared.
 *
 *   await fingerIsUp()                   resolves at once, or after the release
 *   this.guard = new TapGuard(this)      in an element: `guard.changed()`, then `guard.closed` for 400 ms
 */
const down = new Set()
let waiting = []

const CALM_MS = 400

function lift(pointerId) {
  down.delete(pointerId)
  if (down.size > 0) return
  const resolved = waiting
  waiting = []
  // After the click that belongs to this release.
  setTimeout(() => resolved.forEach((resolve) => resolve()))
}

addEventListener("pointerdown", (event) => down.add(event.pointerId), { capture: true, passive: true })
for (const name of ["pointerup", "pointercancel"]) {
  addEventListener(name, (event) => lift(event.pointerId), { capture: true, passive: true })
}
// A finger that goes on in another document (the paper in its frame) is never heard of again.
addEventListener("blur", () => [...down].forEach(lift))

export function fingerIsUp() {
  return down.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))
}

/** Closed for 400 ms after a change: a tap in that time was meant for what stood there before. */
export class TapGuard {
  closed = false
  #host
  #timer = 0

  constructor(host) {
    this.#host = host
    host.addController(this)
  }

  changed() {
    clearTimeout(this.#timer)
    this.closed = true
    this.#host.requestUpdate()
    this.#timer = setTimeout(() => this.#open(), CALM_MS)
  }

  hostDisconnected() {
    clearTimeout(this.#timer)
    this.closed = false
  }

  #open() {
    this.closed = false
    this.#host.requestUpdate()
  }
}
