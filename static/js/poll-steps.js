/**
 * The votes on an item for whoever runs the meeting: each with its state and what can be done with it, and another one
 * can be prepared. Properties: item, number, polls ([id, part]), step (the part `next`), stage, current, disabled.
 * Events: command, show-poll {poll}.
 */
import { html } from "lit"
import { repeat } from "lit/directives/repeat.js"
import { ask } from "./confirm-dialog.js"
import { icon } from "./icon.js"
import { LightElement } from "./light-element.js"
import { wordPoll } from "./poll-form.js"
import { pick, say } from "./words.js"

class PollSteps extends LightElement {
  static properties = {
    item: { attribute: false },
    number: { attribute: false },
    polls: { attribute: false },
    step: { attribute: false },
    stage: { attribute: false },
    current: { attribute: false },
    disabled: { type: Boolean },
  }

  render() {
    if (this.item === undefined || this.item === null) return ""
    return html`<section class="chair-group">
      <h3 class="chair-kicker">${say("votes_on_item")}</h3>
      ${repeat(this.polls, ([id]) => id, ([id, poll]) => this.poll(id, poll))}
      ${this.row(say("row_another_vote"), icon("plus"), () => this.word({ title: say("poll_form_new") }))}
    </section>`
  }

  poll(id, poll) {
    return html`<div class="chair-poll" data-state=${poll.state}>
      <p class="chair-poll-question">${pick(poll.question)}<span class="badge">${say(`state_poll_${poll.state}`)}</span></p>
      ${this.stepsOf(id, poll)}
    </div>`
  }

  stepsOf(id, poll) {
    if (poll.state === "draft") return this.draftSteps(id, poll)
    return [
      this.row(say("row_show_vote"), icon("eye"), () => this.emit("show-poll", { poll: id })),
      poll.state === "open" ? "" : this.row(say("row_repeat_vote"), icon("rotate-ccw"), () => this.repeat(id, poll)),
      poll.state === "void" ? "" : this.row(say("row_void_vote"), icon("ban"), () => this.void(id, poll)),
    ]
  }

  draftSteps(id, poll) {
    const isNext = this.step?.do === "open_poll" && this.step.args.poll === id
    const mayOpen = this.stage === "in_session" && this.current === poll.item && !isNext
    return [
      mayOpen ? this.row(say("do_open_poll"), icon("vote"), () => this.command({ do: "open_poll", poll: id })) : "",
      this.row(say("row_edit_vote"), icon("pencil"), () => this.word({ title: say("poll_form_edit"), id, poll, replaces: poll.replaces })),
      this.row(say("row_void_vote"), icon("ban"), () => this.void(id, poll)),
    ]
  }

  row(words, sign, run) {
    return html`<button class="chair-row" ?disabled=${this.disabled} @click=${run}>${sign}<span>${words}</span></button>`
  }

  /** A repeated vote is a new poll that names the one it replaces; nothing is reset. */
  repeat(id, poll) {
    return this.word({ title: say("poll_form_repeat"), poll, replaces: id })
  }

  async word(given) {
    const command = await wordPoll({ item: this.item, ...given })
    if (command) this.command(command)
  }

  async void(id, poll) {
    const answer = await ask({
      title: say("ask_void"),
      lines: [pick(poll.question), say("ask_void_why")],
      reason: say("reason"),
      yes: say("ask_void_yes"),
      no: say("ask_void_no"),
    })
    if (answer) this.command({ do: "void_poll", poll: id, reason: answer.reason })
  }
}
customElements.define("poll-steps", PollSteps)
