/**
 * What the secretariat types about items, kept on this device until the server has it.
 *
 *   const drafts = new NoteDrafts({ key, read, send, isLive, byHand: ["conclusion"] })
 *   read(item, field)            the text on the server, undefined where there is none such
 *   send(item, field, text)      resolves with {done}, {refused} ...
 *   drafts.look(item, field)     {text, state, theirs, refusal, savedAt}, to be drawn
 *   drafts.type(item, field, text)
 *   drafts.saveNow(item, field)
 *   drafts.partsChanged(), drafts.flush()     after each push; when the connection is lost or back
 *   drafts.choose(item, field, "mine" | "theirs" | "both")
 *
 * A field that is saved `byHand` waits for saveNow: others read it at once, and no half sentence is theirs to read.
 *
 * state: "clean" | "typed" | "unsaved" (by hand) | "saving" | "offline" | "refused" | "conflict". Whatever is pushed, typed text stays; where
 * somebody else has changed the same text meanwhile, nothing is saved before the person has chosen.
 */
const IDLE_MS = 2_000
const REMEMBERED = 6

export class NoteDrafts extends EventTarget {
  #key
  #read
  #send
  #isLive
  #byHand
  #storage
  #drafts
  #saved = new Map()
  #timers = new Map()

  constructor({ key, read, send, isLive, byHand = [], storage = window.localStorage }) {
    super()
    this.#key = key
    this.#read = read
    this.#send = send
    this.#isLive = isLive
    this.#byHand = new Set(byHand)
    this.#storage = storage
    this.#drafts = this.#load()
  }

  /** Fields that wait to be saved, as [item, field]. */
  get waiting() {
    return [...this.#drafts.keys()].map(parse)
  }

  look(item, field) {
    const draft = this.#drafts.get(nameOf(item, field))
    const savedAt = this.#saved.get(nameOf(item, field)) ?? null
    if (!draft) return { text: this.#read(item, field) ?? "", state: "clean", savedAt }
    return { text: draft.text, state: this.#stateOf(draft), theirs: draft.theirs, refusal: draft.refusal, savedAt }
  }

  type(item, field, text) {
    const name = nameOf(item, field)
    const now = this.#read(item, field) ?? ""
    const draft = this.#drafts.get(name) ?? { base: now, known: [] }
    if (text === now && !draft.saving && draft.theirs === undefined) return this.#settle(name)
    this.#drafts.set(name, { ...draft, text, refusal: undefined, isWanted: !this.#byHand.has(field) })
    this.#keep()
    this.#saveSoon(name)
  }

  saveNow(item, field) {
    const name = nameOf(item, field)
    const draft = this.#drafts.get(name)
    if (!draft) return
    this.#drafts.set(name, { ...draft, isWanted: true })
    this.#keep()
    this.#save(name)
  }

  /** Leaving a field saves it, unless that is for the person to say. */
  leave(item, field) {
    this.#save(nameOf(item, field))
  }

  /** What may be discarded is the typed text only, on the person's own word. */
  discard(item, field) {
    this.#drafts.delete(nameOf(item, field))
    this.#keep()
  }

  choose(item, field, side) {
    const name = nameOf(item, field)
    const draft = this.#drafts.get(name)
    const { theirs, text: mine } = draft
    const text = { mine, theirs, both: [theirs, mine].filter(Boolean).join("\n\n") }[side]
    this.#drafts.set(name, { ...draft, text, theirs: undefined, base: this.#read(item, field) ?? "", isWanted: true })
    this.#keep()
    this.#save(name)
  }

  partsChanged() {
    for (const [name, draft] of this.#drafts) this.#compare(name, draft)
    this.#keep()
  }

  /** Saves what can be saved, and says what cannot. */
  flush() {
    for (const [name, { refusal }] of this.#drafts) if (!refusal) this.#save(name)
    this.dispatchEvent(new Event("change"))
  }

  #stateOf({ theirs, refusal, saving, isWanted }) {
    if (theirs !== undefined) return "conflict"
    if (refusal) return "refused"
    if (!isWanted) return "unsaved"
    if (!this.#isLive()) return "offline"
    return saving ? "saving" : "typed"
  }

  #compare(name, draft) {
    const now = this.#read(...parse(name))
    if (now === undefined) return
    const isMine = now === draft.text || now === draft.base || draft.known.includes(now)
    if (!isMine) this.#drafts.set(name, { ...draft, theirs: now })
    else if (now === draft.text && draft.theirs === undefined && !draft.saving) this.#drafts.delete(name)
  }

  #saveSoon(name) {
    clearTimeout(this.#timers.get(name))
    this.#timers.set(name, setTimeout(() => this.#save(name), IDLE_MS))
  }

  async #save(name) {
    clearTimeout(this.#timers.get(name))
    const draft = this.#drafts.get(name)
    if (!draft?.isWanted || draft.theirs !== undefined || draft.saving || !this.#isLive()) return
    const [item, field] = parse(name)
    if (draft.text === this.#read(item, field)) return this.#settle(name)
    const { text } = draft
    this.#drafts.set(name, { ...draft, saving: true, known: [...draft.known, draft.base, text].slice(-REMEMBERED) })
    this.#keep()
    this.#answered(name, text, await this.#send(item, field, text))
  }

  #answered(name, text, { done, refused }) {
    const { saving, ...draft } = this.#drafts.get(name) ?? {}
    if (draft.text === undefined) return
    if (done) this.#saved.set(name, done.at)
    this.#drafts.set(name, { ...draft, ...(done ? { base: text } : {}), refusal: refused?.text })
    this.#compare(name, this.#drafts.get(name))
    this.#keep()
    if (!refused && this.#drafts.get(name)?.text !== text) this.#saveSoon(name)
  }

  /** The server has it already. */
  #settle(name) {
    this.#drafts.delete(name)
    this.#keep()
  }

  /** What was being saved when the page went away is known as one's own, and is saved again. */
  #load() {
    try {
      const kept = JSON.parse(this.#storage.getItem(this.#key) ?? "[]")
      return new Map(kept.map(([name, draft]) => [name, { ...draft, saving: undefined }]))
    } catch {
      return new Map()
    }
  }

  #keep() {
    try {
      if (this.#drafts.size > 0) this.#storage.setItem(this.#key, JSON.stringify([...this.#drafts]))
      else this.#storage.removeItem(this.#key)
    } catch {
      // Storage full or refused: memory still holds them.
    }
    this.dispatchEvent(new Event("change"))
  }
}

function nameOf(item, field) {
  return `${item}/${field}`
}

function parse(name) {
  const [item, field] = name.split("/")
  return [Number(item), field]
}
