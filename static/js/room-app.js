/**
 * The room of a delegate, and of whoever presides: holds the connection, hands the parts down to the elements, takes
 * their commands up. Attributes: meeting, person, build.
 */
import { html, nothing } from "lit"
import "./agenda-list.js"
import "./chair-card.js"
import "./item-line.js"
import "./item-papers.js"
import "./room-bar.js"
import "./room-hall.js"
import "./room-head.js"
import "./room-notices.js"
import "./vote-sheet.js"
import { LightElement } from "./light-element.js"
import { LiveConnection } from "./live-connection.js"
import { followPageLife } from "./live-page.js"
import { clock } from "./local-time.js"
import { PartsStore } from "./parts-store.js"
import { RoomPlace } from "./room-place.js"
import { RoomSheet } from "./room-sheet.js"
import { isOver, latestPoll, pendingBallot, pollsOf, rowOf } from "./room-view.js"
import { stepWords } from "./step-words.js"
import { undoOf } from "./undo-steps.js"
import { pick, say } from "./words.js"

class RoomApp extends LightElement {
  static properties = {
    meeting: { type: Number },
    person: { type: Number },
    build: {},
    seq: { state: true },
    agendaShown: { state: true },
    isWide: { state: true },
    said: { state: true },
  }

  store = new PartsStore()
  place = new RoomPlace(this, this.store)
  sheet = new RoomSheet(this, this.store)
  refusals = new Map()

  createRenderRoot() {
    return this
  }

  connectedCallback() {
    super.connectedCallback()
    this.seq = 0
    this.connection = new LiveConnection({ meeting: this.meeting, person: this.person, build: this.build, store: this.store })
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

  get voteSheet() {
    return this.querySelector("vote-sheet")
  }

  /** Something is typed or chosen that a reload would lose. */
  get isBusy() {
    const { voteSheet } = this
    return voteSheet?.isTyping || voteSheet?.hasUnsentChoice || document.querySelector("dialog[open]") !== null
  }

  partsChanged() {
    // What the server rendered for the time before the first push.
    this.querySelector(".room-before")?.remove()
    this.seq += 1
    if (this.place.partsChanged()) this.meetingMoved()
    if (!this.store.get("next")) this.notices?.withdraw("undo")
    this.sheet.partsChanged()
  }

  meetingMoved() {
    this.sheet.meetingMoved()
    const row = rowOf(this.store.get("agenda"), this.place.current)
    if (row) this.announce(say("said_item", { number: row.number, title: pick(row.title) }))
  }

  connectionChanged() {
    const { state, lastContact } = this.connection
    if (state === "offline" && lastContact !== null) this.announce(say("said_offline", { at: clock(lastContact) }))
    if (state === "live" && this.wasOffline) this.announce(say("said_live"))
    this.wasOffline = state === "offline"
    this.requestUpdate()
  }

  /** For those who do not see the page. */
  announce(words) {
    this.said = words
  }

  /** Takes the focus along only where nobody works with it. */
  async sheetHasRisen() {
    this.notices?.makeRoom()
    await this.updateComplete
    await this.voteSheet?.updateComplete
    if (document.activeElement === document.body) this.voteSheet.focusHeading()
  }

  async carryOut(command) {
    // Who takes the step is not told that it was taken.
    if (command.do === "start_item") this.ownItem = command.item
    const before = { agenda: this.store.get("agenda"), current: this.place.current }
    const answer = await this.connection.send(command)
    if (answer.done) this.offerUndo(command, before)
    return answer
  }

  offerUndo(command, before) {
    const steps = undoOf(command, before)
    if (!steps) return
    const number = rowOf(before.agenda, command.item)?.number
    const action = { label: say("undo"), run: () => this.takeBack(steps) }
    this.notices?.show({ key: "undo", words: say(`done_${command.do}`, { number }), action })
  }

  async takeBack(steps) {
    for (const step of steps) {
      const answer = await this.connection.send(step)
      if (!answer.done) return
    }
  }

  answered({ message, done, refused, lapsed }) {
    if (lapsed) this.notices?.show({ tone: "bad", words: say("lapsed", { what: stepWords(message, this.store.get("agenda")) }) })
    if (message.do === "cast_ballot") this.ballotAnswered(message, done, refused)
    else if (refused) this.notices?.show({ tone: "bad", key: message.do, words: this.refusalWords(refused) })
  }

  ballotAnswered({ poll }, done, refused) {
    if (done) this.announce(say("said_recorded", { receipt: done.receipt }))
    if (!refused) return
    this.refusals.set(poll, refused.text)
    if (this.store.get(`poll/${poll}`)) this.sheet.show(poll)
  }

  refusalWords({ text, article }) {
    return [pick(text), article ? `(${pick(article)})` : ""].filter(Boolean).join(" ")
  }

  async sayStale() {
    // After the first push nothing is drawn yet.
    await this.updateComplete
    this.notices?.show({ key: "stale", stays: true, words: say("stale"), action: { label: say("reload"), run: () => location.reload() } })
  }

  render() {
    if (this.store.isEmpty) return nothing
    const parts = (name) => this.store.get(name)
    const { viewing } = this.place
    const row = rowOf(parts("agenda"), viewing)
    const runs = Boolean(parts("next"))
    return html`<div class="room" ?data-chair=${runs} ?data-wide=${this.isWide && row} ?data-agenda-shown=${this.agendaShown}
      @command=${(event) => this.carryOut(event.detail)} @show-poll=${(event) => this.sheet.show(event.detail.poll)}
      @toggle-agenda=${this.toggleAgenda} @view-item=${this.viewItem}>
      <room-head .meeting=${parts("meeting")} .stage=${parts("stage")} .presence=${parts("presence")}
        .connection=${{ state: this.connection.state, at: this.connection.lastContact }} .now=${this.now}></room-head>
      <item-line .row=${row} .isCurrent=${viewing === this.place.current} .now=${this.now}></item-line>
      <room-notices></room-notices>
      ${this.agenda(viewing)}
      <main class="room-main" @view-paper=${(event) => this.place.viewPaper(event.detail.paper)} @widen=${() => (this.isWide = !this.isWide)}>
        ${row ? this.item(row) : this.hall()}
      </main>
      ${this.sheet.poll ? this.vote() : ""}
      ${runs ? html`<chair-card .store=${this.store} .seq=${this.seq} .viewing=${viewing} .pending=${this.connection.pending}
        ?connected=${this.connection.state === "live"}></chair-card>` : ""}
      ${this.bar(viewing)}
      <p class="sr-only" role="status" aria-live="assertive">${this.said}</p>
    </div>`
  }

  agenda(viewing) {
    return html`<nav class="room-agenda" id="room-agenda" aria-label=${say("agenda")} @keydown=${this.closeAgenda}>
        <h2 class="chair-kicker">${say("agenda")}</h2>
        <agenda-list .items=${this.store.get("agenda").items} .current=${this.place.current} .viewing=${viewing}
          .outcomes=${this.outcomes()} .withPapers=${this.headingsWithPapers()}></agenda-list>
      </nav>
      <button class="room-scrim" tabindex="-1" aria-label=${say("hide_agenda")} @click=${() => (this.agendaShown = false)}></button>`
  }

  item(row) {
    return html`<item-papers .row=${row} .part=${this.store.get(`item/${row.id}`)} .polls=${pollsOf(this.store, row.id)}
      .paper=${this.place.paper} .isWide=${this.isWide}></item-papers>`
  }

  hall() {
    const parts = (name) => this.store.get(name)
    return html`<room-hall .address=${`/meetings/${this.meeting}`} .meeting=${parts("meeting")} .stage=${parts("stage")} .presence=${parts("presence")}
      .seats=${parts("seats")?.seats} .me=${parts("me")} .pending=${this.connection.pending}></room-hall>`
  }

  vote() {
    const id = this.sheet.poll
    const poll = this.store.get(`poll/${id}`)
    if (!poll) return ""
    const { pending } = this.connection
    return html`<vote-sheet .name=${id} .poll=${poll} .number=${rowOf(this.store.get("agenda"), poll.item)?.number} .me=${this.store.get("me")}
      .seats=${this.store.get("seats")?.seats} .presence=${this.store.get("presence")} .pending=${pendingBallot(pending, id)} .waiting=${pending}
      .refusal=${this.refusals.get(id)} ?connected=${this.connection.state === "live"} ?expanded=${this.sheet.expanded}
      @fold=${() => this.sheet.fold()} @unfold=${() => this.sheet.show(id)} @put-away=${() => this.sheet.putAway()}
      @refusal-seen=${() => this.forgetRefusal(id)}></vote-sheet>`
  }

  bar(viewing) {
    const id = this.sheet.candidate(viewing)
    const me = this.store.get("me")
    const sent = id !== null && Boolean(me.ballots[id] ?? pendingBallot(this.connection.pending, id))
    return html`<room-bar .me=${me} .pending=${this.connection.pending} .over=${isOver(this.store.get("stage"))} .inHall=${!rowOf(this.store.get("agenda"), viewing)} .back=${this.place.back}
      .poll=${id === null ? null : this.store.get(`poll/${id}`)} .sent=${sent} .sheetShown=${this.sheet.expanded} .agendaShown=${this.agendaShown}
      @back=${() => this.place.view(this.place.current)} @toggle-vote=${() => this.sheet.toggle(viewing)}></room-bar>`
  }

  /** What the votes on each item came to, for the agenda. */
  outcomes() {
    const outcomes = new Map()
    for (const { id } of this.store.get("agenda").items) {
      const poll = this.store.get(`poll/${latestPoll(this.store, id)}`)
      if (poll?.state === "open") outcomes.set(id, "voting")
      else if (poll?.state === "published") outcomes.set(id, poll.result.carried ? "carried" : "not_carried")
    }
    return outcomes
  }

  headingsWithPapers() {
    const { items } = this.store.get("agenda")
    return new Set(items.filter(({ id }) => this.store.get(`item/${id}`)?.papers.length > 0).map(({ id }) => id))
  }

  async toggleAgenda() {
    this.agendaShown = !this.agendaShown
    if (!this.agendaShown) return
    await this.updateComplete
    const list = this.querySelector("agenda-list")
    ;(list.querySelector("[aria-current=true]") ?? list.querySelector("button"))?.focus()
  }

  viewItem({ detail }) {
    this.place.view(detail.item)
    this.agendaShown = false
  }

  closeAgenda(event) {
    if (event.key !== "Escape" || !this.agendaShown) return
    this.agendaShown = false
    this.querySelector(".bar-agenda").focus()
  }

  forgetRefusal(id) {
    this.refusals.delete(id)
    this.requestUpdate()
  }
}
customElements.define("room-app", RoomApp)
