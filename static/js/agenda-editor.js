// Dragging and the keyboard for the agenda; each step is the same plain form that works without this file.
import Sortable from "sortablejs"
import { postForm } from "./post-form.js"
import { say } from "./words.js"

const DEEPEST = 3
// Dropped so far to the right, an item goes into the one above it.
const NEST_PX = 48
const STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" }
const REDUCED = matchMedia("(prefers-reduced-motion: reduce)")

class AgendaEditor extends HTMLElement {
  connectedCallback() {
    if (this.said) return
    this.said = this.parentElement.insertBefore(statusLine(), this)
    this.turn = Promise.resolve()
    this.addEventListener("keydown", (event) => this.onKey(event))
    this.addEventListener("submit", (event) => this.onSubmit(event))
    this.prepare()
    this.reveal()
  }

  /** The chosen item comes into view in the agenda's own scroll; the page stays where it is. */
  reveal() {
    const row = this.querySelector("[data-selected]")
    const frame = this.closest(".desk-left")
    if (row && frame.scrollHeight > frame.clientHeight) frame.scrollTop = row.offsetTop - frame.clientHeight / 3
  }

  prepare() {
    this.before = this.cloneNode(true)
    this.dataset.live = ""
    for (const branch of this.querySelectorAll(".plan-branch")) this.makeSortable(branch)
  }

  makeSortable(branch) {
    Sortable.create(branch, {
      group: "agenda",
      handle: ".plan-grip",
      draggable: ".plan-item",
      // The same gesture for mouse, pen and finger, and no drag image of the browser's own.
      forceFallback: true,
      fallbackOnBody: true,
      fallbackTolerance: 4,
      invertSwap: true,
      animation: REDUCED.matches ? 0 : 150,
      onStart: ({ item, originalEvent }) => this.follow(item, originalEvent),
      onMove: (event) => depthOf(event.to) + heightOf(event.dragged) <= DEEPEST,
      onEnd: (event) => this.onDrop(event),
    })
  }

  /** While an item is dragged: whether it would go into the item above, shown as it will stand. */
  follow(item, { clientX }) {
    const start = clientX ?? 0
    this.unfollow = new AbortController()
    const look = (event) => item.toggleAttribute("data-nests", event.clientX - start > NEST_PX && !!this.above(item))
    document.addEventListener("pointermove", look, { signal: this.unfollow.signal })
  }

  above(item) {
    const other = item.previousElementSibling
    return other && Number(other.dataset.depth) + heightOf(item) <= DEEPEST ? other : null
  }

  onDrop({ item, from, to, oldDraggableIndex, newDraggableIndex }) {
    this.unfollow.abort()
    const nests = item.hasAttribute("data-nests")
    if (from === to && oldDraggableIndex === newDraggableIndex && !nests) return
    const place = nests
      ? { parent: this.above(item).dataset.item, before: "" }
      : { parent: to.dataset.parent, before: item.nextElementSibling?.dataset.item ?? "" }
    this.move(item.dataset.item, place, () => this.linkOf(item.dataset.item))
  }

  onKey(event) {
    const item = event.target.closest(".plan-item")
    if (!event.altKey || event.ctrlKey || event.metaKey || !(event.key in STEPS) || !item) return
    event.preventDefault()
    this.move(item.dataset.item, { step: STEPS[event.key] }, () => this.linkOf(item.dataset.item))
  }

  onSubmit(event) {
    const step = event.submitter?.name === "step" ? event.submitter.value : ""
    if (!step || event.submitter.closest(".paper-line")) return
    event.preventDefault()
    const item = event.target.closest(".plan-item").dataset.item
    this.move(item, { step }, () => this.buttonOf(item, step))
  }

  /** Steps wait for one another: a key that repeats moves the item further each time. */
  move(item, place, focus) {
    this.turn = this.turn.then(() => this.carryOut(item, place, focus))
  }

  async carryOut(item, place, focus) {
    this.setAttribute("aria-busy", "true")
    try {
      const address = `${this.dataset.base}/items/${item}/move`
      this.take(await postForm(address, { at: this.selected, ...place }), focus)
    } catch {
      this.replaceChildren(...this.before.childNodes)
      this.prepare()
      this.show(say("desk_not_moved"))
      this.said.textContent = say("desk_not_moved")
    }
    this.removeAttribute("aria-busy")
  }

  get selected() {
    return this.querySelector("[data-selected]")?.parentElement.dataset.item ?? ""
  }

  /** The page that answers holds the agenda as it is now, with what is to be said. */
  take(page, focus) {
    const fresh = page.querySelector("agenda-editor")
    // Signed out, called meanwhile: the server's own page says so.
    if (!fresh) return location.reload()
    this.replaceChildren(...fresh.childNodes)
    this.prepare()
    this.show(page.querySelector("#error-summary")?.textContent.trim() ?? "")
    this.said.textContent = this.querySelector("[data-said]")?.textContent ?? ""
    this.querySelector("[data-said]")?.remove()
    const number = page.querySelector(".desk-right h2 .plan-number")
    document.querySelector(".desk-right h2 .plan-number")?.replaceWith(number ?? "")
    focus()?.focus()
  }

  linkOf(item) {
    const link = this.querySelector(`#item-${item} .plan-link`)
    link?.closest(".plan-row").querySelector(".desk-menu").removeAttribute("open")
    return link
  }

  buttonOf(item, step) {
    const menu = this.querySelector(`#item-${item} .desk-menu`)
    menu?.setAttribute("open", "")
    return menu?.querySelector(`[value=${step}]`)
  }

  show(words) {
    this.notice?.remove()
    if (!words) return
    this.notice = document.createElement("div")
    this.notice.className = "notice"
    this.notice.dataset.tone = "bad"
    this.notice.textContent = words
    this.prepend(this.notice)
  }
}

function statusLine() {
  const line = document.createElement("p")
  line.className = "sr-only"
  line.setAttribute("role", "status")
  return line
}

function depthOf(branch) {
  return Number(branch.closest(".plan-item")?.dataset.depth ?? 0)
}

function heightOf(item) {
  const below = [...item.querySelectorAll(":scope > .plan-branch > .plan-item")]
  return 1 + Math.max(0, ...below.map(heightOf))
}

customElements.define("agenda-editor", AgendaEditor)
