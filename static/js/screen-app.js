/**
 * The screen in the room: one picture at a time, cross-faded when the next one is ready. It only shows; it comes back by
 * itself after any trouble. Attributes: meeting, person, build.
 */
import { html, nothing } from "lit"
import { repeat } from "lit/directives/repeat.js"
import "./screen-foot.js"
import "./screen-item.js"
import "./screen-result.js"
import "./screen-stage.js"
import "./screen-vote.js"
import { fitPicture } from "./fit-picture.js"
import { keepAwake } from "./keep-awake.js"
import { LightElement } from "./light-element.js"
import { LiveConnection } from "./live-connection.js"
import { followPageLife } from "./live-page.js"
import { PartsStore } from "./parts-store.js"
import { rowOf } from "./room-view.js"
import { ScreenPicture } from "./screen-picture.js"

// As long as the fade in screen.css.
const FADE_MS = 450

class ScreenApp extends LightElement {
  static properties = { meeting: { type: Number }, person: { type: Number }, build: {}, layers: { state: true } }

  store = new PartsStore()
  pictures = new ScreenPicture(this.store)

  constructor() {
    super()
    this.layers = []
  }

  createRenderRoot() {
    return this
  }

  connectedCallback() {
    super.connectedCallback()
    this.connection = new LiveConnection({ meeting: this.meeting, person: this.person, build: this.build, store: this.store })
    this.store.addEventListener("change", () => this.partsChanged())
    this.connection.addEventListener("state", () => this.requestUpdate())
    followPageLife(this.connection)
    this.now = () => this.connection.now()
    this.connection.start()
    keepAwake()
    this.sizes = new ResizeObserver(() => this.fit())
    this.sizes.observe(this)
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.connection.stop()
    this.sizes.disconnect()
  }

  partsChanged() {
    this.querySelector(".room-before")?.remove()
    const picture = this.pictures.partsChanged()
    const layer = { ...picture, shown: this.modelOf(picture) }
    const known = this.layers.find(({ key, phase }) => key === layer.key && phase !== "leaving")
    if (known) this.refresh(layer)
    else this.change(layer)
  }

  /** The same picture with newer figures changes in place. */
  refresh(layer) {
    this.layers = this.layers.filter(({ phase, key }) => phase !== "entering" || key === layer.key)
      .map((other) => (other.key === layer.key && other.phase !== "leaving" ? { ...other, shown: layer.shown } : other))
    this.updateComplete.then(() => this.fit())
  }

  /** Another picture is made ready unseen, and then faded in. */
  async change(layer) {
    const entering = { ...layer, id: Symbol(layer.key), phase: "entering" }
    this.layers = [...this.layers.filter(({ phase }) => phase !== "entering"), entering]
    await this.updateComplete
    await document.fonts.ready
    await Promise.all([...this.querySelectorAll("[data-phase=entering] > *")].map((element) => element.updateComplete))
    this.fit()
    this.reveal(entering.id)
  }

  reveal(id) {
    if (!this.layers.some((layer) => layer.id === id)) return
    this.layers = this.layers.map((layer) => ({ ...layer, phase: layer.id === id ? "shown" : "leaving" }))
    setTimeout(() => (this.layers = this.layers.filter(({ phase }) => phase !== "leaving")), FADE_MS)
  }

  fit() {
    for (const frame of this.querySelectorAll(".screen-layer:not([data-phase=leaving])")) fitPicture(frame)
  }

  /** What a picture needs, taken now: one that fades out keeps what it said. */
  modelOf({ kind, item, poll: id }) {
    const [meeting, stage, presence, agenda] = ["meeting", "stage", "presence", "agenda"].map((name) => this.store.get(name))
    const poll = this.store.get(`poll/${id}`)
    return { kind, meeting, stage, presence, row: rowOf(agenda, item), poll, number: rowOf(agenda, poll?.item)?.number, seats: this.store.get("seats")?.seats }
  }

  render() {
    if (this.store.isEmpty) return nothing
    const { state, lastContact } = this.connection
    return html`<main class="screen">
      ${repeat(this.layers, ({ id }) => id, (layer) => html`<div class="screen-layer" data-phase=${layer.phase} ?inert=${layer.phase !== "shown"}
        aria-live=${layer.phase === "shown" ? "polite" : "off"}>${this.picture(layer)}</div>`)}
      <screen-foot .meeting=${this.store.get("meeting")} .presence=${this.store.get("presence")} .connection=${{ state, at: lastContact }} .now=${this.now}></screen-foot>
    </main>`
  }

  picture({ kind, shown }) {
    if (kind === "item") return html`<screen-item .shown=${shown}></screen-item>`
    if (kind === "vote") return html`<screen-vote .shown=${shown}></screen-vote>`
    if (kind === "result") return html`<screen-result .shown=${shown}></screen-result>`
    return html`<screen-stage .shown=${shown}></screen-stage>`
  }
}
customElements.define("screen-app", ScreenApp)
