/** What a command is called on a button or in a notice. */
import { rowOf } from "./room-view.js"
import { knows, say } from "./words.js"

/** 'Take up item 3' for {do: "start_item", args: {item: 3}} or a message {do, item}. */
export function stepWords(step, agenda) {
  const item = step.args?.item ?? step.item
  const key = `do_${step.do}`
  return say(knows(key) ? key : "do_other", { number: rowOf(agenda, item)?.number ?? "" }).trim()
}
