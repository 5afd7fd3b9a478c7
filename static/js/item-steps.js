/**
 * What whoever runs the meeting can do with an item beside the next step, as quiet rows; each says so in words and can
 * be undone. Properties: row (of the agenda), current (the item under way), stage, step (the part `next`), disabled.
 * Event: command.
 */
import { html } from "lit"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { say } from "./words.js"

class ItemSteps extends LightElement {
  static properties = {
    row: { attribute: false },
    current: { attribute: false },
    stage: { attribute: false },
    step: { attribute: false },
    disabled: { type: Boolean },
  }

  render() {
    if (!this.row || this.row.heading) return ""
    return html`<section class="chair-group">
      <h3 class="chair-kicker">${say("about_this_item", { number: this.row.number })}</h3>
      ${this.steps().map(([words, sign, name]) => this.step_(words, sign, name))}
    </section>`
  }

  /** Only what leads somewhere from the item's state; the next step above has its own button. */
  steps() {
    const { state, id } = this.row
    const isSession = this.stage === "in_session"
    if (state === "under_way") {
      return [[say("row_finish"), icon("check"), "finish_item"], [say("row_postpone"), icon("clock"), "postpone_item"],
        [say("row_withdraw"), icon("minus"), "withdraw_item"], [say("row_return"), icon("undo-2"), "return_item"]]
    }
    if (state !== "waiting") return [[say("row_return"), icon("undo-2"), "return_item"]]
    const isNext = this.step?.do === "start_item" && this.step.args.item === id
    return [...(isSession && !isNext ? [[say("row_start"), icon("play"), "start_item"]] : []),
      [say("row_postpone"), icon("clock"), "postpone_item"], [say("row_withdraw"), icon("minus"), "withdraw_item"]]
  }

  step_(words, sign, name) {
    return html`<button class="chair-row" ?disabled=${this.disabled} @click=${() => this.command({ do: name, item: this.row.id })}>
      ${sign}<span>${words}</span></button>`
  }
}
customElements.define("item-steps", ItemSteps)
