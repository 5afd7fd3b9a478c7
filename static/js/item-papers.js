/**
 * The item on view: its papers as tabs, the chosen one as large as possible where the browser shows PDFs in a page; else
 * a list of papers to open. Properties: row, part (item/N), polls, paper (chosen id, "about", or null for the first),
 * isWide. Events: view-paper {paper}, widen, show-poll.
 */
import { html } from "lit"
import { repeat } from "lit/directives/repeat.js"
import "./item-about.js"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { knows, pick, say } from "./words.js"

// Papers that were looked at keep their place on the page; a tablet's memory has room for a few.
const KEPT = 3
const ROOMY = window.matchMedia("(min-width: 44rem) and (min-height: 30rem)")

// Safari on a tablet says that it shows PDFs, and shows their first page.
const IS_APPLE_TOUCH = navigator.maxTouchPoints > 1 && /Mac|iPad|iPhone/.test(navigator.platform)
const SHOWS_PDF = navigator.pdfViewerEnabled === true && !IS_APPLE_TOUCH

class ItemPapers extends LightElement {
  static properties = {
    row: { attribute: false },
    part: { attribute: false },
    polls: { attribute: false },
    paper: { attribute: false },
    isWide: { attribute: false },
    opened: { state: true },
  }

  constructor() {
    super()
    this.opened = []
    this.redraw = () => this.requestUpdate()
  }

  connectedCallback() {
    super.connectedCallback()
    ROOMY.addEventListener("change", this.redraw)
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    ROOMY.removeEventListener("change", this.redraw)
  }

  get papers() {
    return this.part?.papers ?? []
  }

  get chosen() {
    if (this.paper === "about" || this.papers.length === 0) return "about"
    return this.papers.find(({ id }) => id === this.paper)?.id ?? this.papers[0].id
  }

  get isInline() {
    return SHOWS_PDF && ROOMY.matches
  }

  willUpdate() {
    const { chosen } = this
    const known = this.opened.filter(({ id }) => this.papers.some((paper) => paper.id === id))
    const paper = this.papers.find(({ id }) => id === chosen)
    if (!paper?.file || !this.isInline) this.opened = known
    else if (known.some(({ id }) => id === chosen)) this.opened = known
    else this.opened = [...known, paper].slice(-KEPT)
  }

  render() {
    if (!this.row) return ""
    return this.isInline ? this.tabs() : this.list()
  }

  list() {
    return html`<div class="papers" data-listed>
      ${this.papers.length === 0 ? html`<p class="soft">${say("no_papers")}</p>` : html`
        <h2 class="chair-kicker">${say("papers")}</h2>
        <ul class="paper-list">${this.papers.map((paper) => this.entry(paper))}</ul>`}
      <item-about .row=${this.row} .part=${this.part} .polls=${this.polls}></item-about>
    </div>`
  }

  entry(paper) {
    const facts = [kindOf(paper), paper.number, paper.pages ? say("pages", { count: paper.pages }) : ""].filter(Boolean).join(" · ")
    const words = html`${icon("file-text")}<span><strong>${pick(paper.title)}</strong><span class="soft">${facts}</span>
      ${paper.file ? "" : html`<span class="soft">${say("no_file")}</span>`}</span>`
    if (!paper.file) return html`<li><span class="paper-entry">${words}</span></li>`
    return html`<li><a class="paper-entry" href="/papers/${paper.id}" target="_blank" rel="noopener">${words}<span class="paper-open">${say("open_paper")}</span></a></li>`
  }

  tabs() {
    const { chosen } = this
    return html`<div class="papers">
      <div class="paper-bar">
        <div class="paper-tabs" role="tablist" aria-label=${say("papers")} @keydown=${this.walk}>
          ${this.papers.map((paper) => this.tab(paper.id, shortName(paper), pick(paper.title)))}
          ${this.tab("about", say("about_item"), say("about_item"))}
        </div>
        ${chosen === "about" ? "" : this.tools(chosen)}
      </div>
      <div class="paper-stage" role="tabpanel" aria-labelledby="tab-${chosen}" tabindex=${chosen === "about" ? 0 : -1}>${this.panel(chosen)}</div>
    </div>`
  }

  tab(id, words, title) {
    const isChosen = id === this.chosen
    return html`<button class="paper-tab" role="tab" id="tab-${id}" title=${title} aria-selected=${isChosen ? "true" : "false"}
      tabindex=${isChosen ? 0 : -1} @click=${() => this.emit("view-paper", { paper: id })}>${id === "about" ? "" : icon("file-text")}<span>${words}</span></button>`
  }

  tools(chosen) {
    const paper = this.papers.find(({ id }) => id === chosen)
    return html`<div class="paper-tools">
      ${paper.file ? html`<a class="button" data-kind="quiet" href="/papers/${chosen}" target="_blank" rel="noopener">${icon("external-link")} <span>${say("open_in_tab")}</span></a>` : ""}
      <button class="button" data-kind="quiet" aria-pressed=${this.isWide ? "true" : "false"} @click=${() => this.emit("widen")}>
        ${this.isWide ? icon("minimize-2") : icon("maximize-2")} <span>${say(this.isWide ? "narrow" : "widen")}</span></button>
    </div>`
  }

  panel(chosen) {
    const paper = this.papers.find(({ id }) => id === chosen)
    return html`
      ${repeat(this.opened, ({ id }) => id, ({ id, title }) => html`<iframe class="paper-frame" title=${pick(title)} src="/papers/${id}#navpanes=0&view=FitH" ?hidden=${id !== chosen}></iframe>`)}
      ${chosen === "about" ? html`<item-about .row=${this.row} .part=${this.part} .polls=${this.polls}></item-about>` : ""}
      ${paper && !paper.file ? html`<p class="empty">${say("no_file")}</p>` : ""}`
  }

  /** Arrow keys walk along the tabs, as the pattern of tabs asks. */
  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    const tabs = [...this.querySelectorAll("[role=tab]")]
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length]
    event.preventDefault()
    next.focus()
    next.click()
  }
}

/** 'Tờ trình 45/TTr-SDL' where the paper has a number, else its title. */
function shortName(paper) {
  return paper.number ? [kindOf(paper), paper.number].filter(Boolean).join(" ") : pick(paper.title)
}

function kindOf({ kind }) {
  return knows(`paper_${kind}`) ? say(`paper_${kind}`) : ""
}
customElements.define("item-papers", ItemPapers)
