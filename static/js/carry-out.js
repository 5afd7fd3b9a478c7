/**
 * A command whose refusal belongs beside the control that asked for it.
 *
 *   const answer = await carryOut(this, { do: "mark_presence", ... })     {done}, {refused}, {lapsed} ...
 *   refusalWords(answer)                                                  the words to show, "" when it was done
 */
import { pick, say } from "./words.js"

export function carryOut(element, command) {
  const event = new CustomEvent("carry-out", { bubbles: true, detail: command })
  element.dispatchEvent(event)
  return event.answer
}

export function refusalWords({ refused, lapsed, problem }) {
  if (problem) return problem
  if (lapsed) return say("not_sent_in_time")
  if (!refused) return ""
  return [pick(refused.text), refused.article ? `(${pick(refused.article)})` : ""].filter(Boolean).join(" ")
}
