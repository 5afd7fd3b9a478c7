/** The papers of an item for the secretariat: open one, or take it off the item. Properties: papers, item, over. Event: carry-out. */
import { html } from "lit"
import { repeat } from "lit/directives/repeat.js"
import { ask } from "./confirm-dialog.js"
import { carryOut, refusalWords } from "./carry-out.js"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { pick, say } from "./words.js"

class PaperRows extends LightElement {
  static properties = {
    papers: { attribute: false },
    item: { attribute: false },
    over: { type: Boolean },
    refusal: { state: true },
  }

  render() {
    if (!this.papers) return ""
    if (this.papers.length === 0) return html`<p class="soft">${say("no_papers")}</p>`
    return html`<ul class="paper-rows">${repeat(this.papers, ({ id }) => id, (paper) => this.row(paper))}</ul>
      ${this.refusal ? html`<p class="field-error" role="alert">${this.refusal}</p>` : ""}`
  }

  row(paper) {
    const facts = [paper.number, paper.pages ? say("pages", { count: paper.pages }) : "", paper.file ? "" : say("no_file")]
    return html`<li class="paper-row">
      ${icon("file-text")}
      <span class="paper-row-words"><strong>${pick(paper.title)}</strong><span class="soft small">${facts.filter(Boolean).join(" · ")}</span></span>
      ${paper.file ? html`<a class="button" data-kind="quiet" href="/papers/${paper.id}" target="_blank" rel="noopener" aria-label="${say("open_paper")}: ${pick(paper.title)}">${say("open_paper")}</a>` : ""}
      ${this.over ? "" : html`<button class="button" data-kind="quiet" aria-label="${say("paper_remove")}: ${pick(paper.title)}" @click=${() => this.remove_(paper)}>${say("paper_remove")}</button>`}
    </li>`
  }

  async remove_(paper) {
    const sure = await ask({ title: say("ask_remove_paper"), lines: [pick(paper.title), say("ask_remove_paper_why")], yes: say("paper_remove"), no: say("cancel") })
    if (!sure) return
    this.refusal = refusalWords(await carryOut(this, { do: "remove_paper", item: this.item, paper: paper.id }))
  }
}
customElements.define("paper-rows", PaperRows)
