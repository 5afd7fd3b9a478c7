/**
 * The secretariat's live page: the agenda, the item at hand with its notes, the votes, the roll call and the guests, and
 * beside them the steps of the meeting. Attributes: meeting, person, build, token (CSRF).
 */
import { html, nothing } from "lit"
import "./agenda-list.js"
import "./guest-list.js"
import "./item-runner.js"
import "./item-votes.js"
import "./roll-call.js"
import "./room-head.js"
import "./room-notices.js"
import "./run-card.js"
import "./run-tabs.js"
import { refusalWords } from "./carry-out.js"
import { icon } from "./icon.js"
import { writeItem } from "./item-form.js"
import { LightElement } from "./light-element.js"
import { LiveConnection, freshId } from "./live-connection.js"
import { followPageLife } from "./live-page.js"
import { NoteDrafts } from "./note-drafts.js"
import { PartsStore } from "./parts-store.js"
import { RoomPlace } from "./room-place.js"
import { isOver, latestPoll, pollsOf, rowOf } from "./room-view.js"
import { stepWords } from "./step-words.js"
import { undoOf } from "./undo-steps.js"
import { pick, say } from "./words.js"

const FIELDS = {
  note: { part: (item) => `note/${item}`, command: (item, note) => ({ do: "note_item", item, note }) },
  conclusion: { part: (item) => `item/${item}`, command: (item, conclusion) => ({ do: "conclude_item", item, conclusion }) },
}

class RunApp extends LightElement {
  static properties = {
    meeting: { type: Number },
    person: { type: Number },
    build: {},
    token: {},
    seq: { state: true },
    tab: { state: true },
    said: { state: true },
    refusal: { state: true },
  }

  store = new PartsStore()
  place = new RoomPlace(this, this.store)
  /** Ids of commands whose refusal is shown beside their control. */
  told = new Set()

  createRenderRoot() {
    return this
  }

  connectedCallback() {
    super.connectedCallback()
    this.seq = 0
    this.connection = new LiveConnection({ meeting: this.meeting, person: this.person, build: this.build, store: this.store })
    this.drafts = new NoteDrafts({
      key: `ecabinet.drafts.${this.meeting}.${this.person}`,
      read: (item, field) => this.store.get(FIELDS[field].part(item))?.[field],
      send: (item, field, text) => this.carryOut(FIELDS[field].command(item, text)),
      isLive: () => this.connection.state === "live",
      byHand: ["conclusion"],
    })
    this.store.addEventListener("change", () => this.partsChanged())
    this.connection.addEventListener("outbox", () => this.requestUpdate())
    this.connection.addEventListener("state", () => this.connectionChanged())
    this.connection.addEventListener("answer", ({ detail }) => this.answered(detail))
    followPageLife(this.connection, { isBusy: () => this.isBusy, onStale: () => this.sayStale() })
    this.now = () => this.connection.now()
    this.connection.start()
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.connection.stop()
  }

  get notices() {
    return this.querySelector("room-notices")
  }

  /** Something is typed that a reload would lose, or interrupt. */
  get isBusy() {
    const isTyping = document.activeElement?.matches("textarea, input, select") ?? false
    return isTyping || this.drafts.waiting.length > 0 || document.querySelector("dialog[open], .late-paper, .late-person, .hand-count form") !== null
  }

  partsChanged() {
    this.querySelector(".room-before")?.remove()
    this.seq += 1
    this.tab ??= this.store.get("stage").stage === "called" ? "roll" : "item"
    if (this.place.partsChanged()) this.meetingMoved()
    this.drafts.partsChanged()
    if (this.connection.state === "live") this.drafts.flush()
  }

  meetingMoved() {
    // The line at the foot says so, for as long as another item is on view.
    this.notices?.withdraw("place")
    const row = rowOf(this.store.get("agenda"), this.place.current)
    if (row) this.said = say("said_item", { number: row.number, title: pick(row.title) })
  }

  connectionChanged() {
    this.drafts.flush()
    this.requestUpdate()
  }

  /** For a control that shows what came of it in its own place. */
  carryOut(command) {
    const message = { id: freshId(), ...command }
    this.told.add(message.id)
    return this.connection.send(message)
  }

  /** For the steps of the meeting: what the rules refuse is told beneath the next step, or in a notice. */
  async command(command) {
    const before = { agenda: this.store.get("agenda"), current: this.place.current }
    this.notices?.withdraw(command.do)
    this.refusal = undefined
    const answer = await this.connection.send(command)
    if (answer.done) this.offerUndo(command, before)
  }

  offerUndo(command, before) {
    const steps = undoOf(command, before)
    if (!steps) return
    const number = rowOf(before.agenda, command.item)?.number
    this.notices?.show({ key: "undo", words: say(`done_${command.do}`, { number }), action: { label: say("undo"), run: () => this.takeBack(steps) } })
  }

  async takeBack(steps) {
    for (const step of steps) {
      const answer = await this.connection.send(step)
      if (!answer.done) return
    }
  }

  answered({ message, refused, lapsed }) {
    if (this.told.delete(message.id)) return
    if (lapsed) this.notices?.show({ tone: "bad", words: say("lapsed", { what: stepWords(message, this.store.get("agenda")) }) })
    if (!refused) return
    const words = refusalWords({ refused })
    if (message.do === this.store.get("next")?.do) this.refusal = { do: message.do, words }
    else this.notices?.show({ tone: "bad", key: message.do, words })
  }

  sayStale() {
    this.notices?.show({ key: "stale", stays: true, words: say("stale"), action: { label: say("reload"), run: () => location.reload() } })
  }

  /** While a note is written or a paper added, the page stays with its item even when the meeting moves on. */
  stay() {
    this.place.chosen = this.place.viewing
  }

  goAlong() {
    const isHeld = this.querySelector(".late-paper") !== null
    if (!isHeld && this.place.chosen === this.place.current) this.place.view(this.place.current)
  }

  viewItem(item) {
    this.place.view(item)
    if (this.tab !== "votes") this.tab = "item"
  }

  async write(row) {
    const given = { agenda: this.store.get("agenda"), row, current: this.place.current, carryOut: (command) => this.carryOut(command) }
    if ((await writeItem(given)) && !row) this.notices?.show({ key: "late", words: say("item_added") })
  }

  render() {
    if (this.store.isEmpty) return nothing
    const parts = (name) => this.store.get(name)
    const row = rowOf(parts("agenda"), this.place.viewing)
    return html`<div class="room run" data-tab=${this.tab}
      @command=${(event) => this.command(event.detail)} @carry-out=${(event) => (event.answer = this.carryOut(event.detail))}
      @show-poll=${() => (this.tab = "votes")} @view-item=${(event) => this.viewItem(event.detail.item)} @edit-item=${(event) => this.write(event.detail.row)}
      @field-focus=${this.stay} @field-blur=${this.goAlong} @choose-tab=${(event) => (this.tab = event.detail.tab)}>
      <room-head .meeting=${parts("meeting")} .stage=${parts("stage")} .presence=${parts("presence")}
        .connection=${{ state: this.connection.state, at: this.connection.lastContact }} .now=${this.now}></room-head>
      ${this.agenda()}
      <main class="run-main">
        <run-tabs .tab=${this.tab} .row=${row} .people=${parts("people")?.people} .polls=${pollsOf(this.store)}></run-tabs>
        ${this.panes(row).map(([name, content]) => html`<div class="run-pane" role="tabpanel" id="pane-${name}" aria-labelledby="tab-${name}"
          ?hidden=${name !== this.tab}>${content}</div>`)}
        <div class="run-foot"><room-notices></room-notices>${this.unsaved(row)}${this.elsewhere(row)}</div>
      </main>
      <div class="run-side">
        <run-card .store=${this.store} .seq=${this.seq} .meeting=${this.meeting} .viewing=${this.place.viewing} .pending=${this.connection.pending}
          .refusal=${this.refusal} ?connected=${this.connection.state === "live"}></run-card>
      </div>
      <p class="sr-only" role="status" aria-live="polite">${this.said}</p>
    </div>`
  }

  agenda() {
    return html`<nav class="run-agenda" aria-label=${say("agenda")}>${this.agendaList()}</nav>`
  }

  agendaList() {
    const agenda = this.store.get("agenda")
    return html`<h2 class="chair-kicker">${say("agenda")}</h2>
      <agenda-list .items=${agenda.items} .current=${this.place.current} .viewing=${this.place.viewing} .outcomes=${this.outcomes(agenda)}
        .withPapers=${new Set(agenda.items.map(({ id }) => id))}></agenda-list>
      ${this.isOver ? "" : html`<button class="button run-add" @click=${() => this.write()}>${icon("plus")} ${say("item_late")}</button>`}`
  }

  get isOver() {
    return isOver(this.store.get("stage"))
  }

  /** The item under way, while another one is on view. */
  elsewhere(row) {
    const current = rowOf(this.store.get("agenda"), this.place.current)
    if (!current || current.id === row?.id || this.tab === "roll" || this.tab === "guests") return ""
    return html`<button class="run-elsewhere" @click=${() => this.viewItem(current.id)}>${icon("corner-up-left")}
      <span>${say("back_to_current", { number: `${current.number}. ${pick(current.title)}` })}</span></button>`
  }

  /** A conclusion that waits to be saved at an item that is not on view. */
  unsaved(row) {
    const [item] = this.drafts.waiting.find(([item, field]) => field === "conclusion" && item !== row?.id) ?? []
    const waiting = rowOf(this.store.get("agenda"), item)
    if (!waiting) return ""
    return html`<button class="run-elsewhere" @click=${() => this.viewItem(item)}>${icon("pencil")} <span>${say("unsaved_elsewhere", { number: waiting.number })}</span></button>`
  }

  /** All of them are kept, and one is shown: what is half typed in a pane waits there. */
  panes(row) {
    const parts = (name) => this.store.get(name)
    const [agenda, people, online, over] = [parts("agenda"), parts("people")?.people, parts("online")?.people, this.isOver]
    return [
      ["agenda", this.tab === "agenda" ? this.agendaList() : ""],
      ["item", html`<item-runner .row=${row} .agenda=${agenda} .part=${parts(`item/${row?.id}`)} .isCurrent=${row?.id === this.place.current} .now=${this.now}
        .drafts=${this.drafts} .meeting=${this.meeting} .token=${this.token} ?over=${over} .seq=${this.seq}></item-runner>`],
      ["votes", html`<item-votes .polls=${pollsOf(this.store)} .row=${row} .seats=${parts("seats")?.seats} .presence=${parts("presence")} .online=${online}
        .people=${people} .me=${parts("me")} .agenda=${agenda}></item-votes>`],
      ["roll", html`<roll-call .people=${people} .online=${online} .pending=${this.connection.pending} ?over=${over}></roll-call>`],
      ["guests", html`<guest-list .people=${people} .agenda=${agenda} .meeting=${this.meeting} .token=${this.token} ?over=${over}></guest-list>`],
    ]
  }

  /** What the votes on each item came to, for the agenda. */
  outcomes({ items }) {
    const outcomes = new Map()
    for (const { id } of items) {
      const poll = this.store.get(`poll/${latestPoll(this.store, id)}`)
      if (poll?.state === "open") outcomes.set(id, "voting")
      else if (poll?.state === "published") outcomes.set(id, poll.result.carried ? "carried" : "not_carried")
    }
    return outcomes
  }
}
customElements.define("run-app", RunApp)
