/**
 * The parts of a meeting as the server last sent them; nothing is computed from them here.
 *
 *   const store = new PartsStore()
 *   store.get("stage")            the part, or undefined
 *   store.all("poll/")            [[id, part], ...] of a family, in the order in which they came
 *   store.seq, store.isEmpty
 *   store.addEventListener("change", ({detail}) => detail.names)   a Set of the names that changed or vanished
 *
 * Names and shapes: ecabinet/rules/view.py (meeting, stage, agenda, item/N, presence, seats, poll/P, me; for those who
 * run the meeting: people, next, note/N, online). Parts are replaced whole, so `===` tells whether one has changed.
 */
export class PartsStore extends EventTarget {
  #parts = new Map()
  seq = 0

  get isEmpty() {
    return this.#parts.size === 0
  }

  get(name) {
    return this.#parts.get(name)
  }

  all(prefix) {
    return [...this.#parts].filter(([name]) => name.startsWith(prefix)).map(([name, part]) => [name.slice(prefix.length), part])
  }

  /** Takes in a frame {seq, parts, all?}: null removes a part, `all` replaces everything. */
  apply(frame) {
    const names = new Set(Object.keys(frame.parts))
    if (frame.all) this.#forgetOthers(names)
    for (const [name, part] of Object.entries(frame.parts)) {
      if (part === null) this.#parts.delete(name)
      else this.#parts.set(name, part)
    }
    this.seq = frame.seq
    this.dispatchEvent(new CustomEvent("change", { detail: { names } }))
  }

  #forgetOthers(names) {
    for (const name of [...this.#parts.keys()]) {
      if (!names.has(name)) {
        this.#parts.delete(name)
        names.add(name)
      }
    }
  }
}
