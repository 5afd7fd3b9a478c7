/** The way back from a step in the agenda, where there is one. */
import { rowOf } from "./room-view.js"

/** The commands that take `command` back, given how things stood before it; null where nothing does. */
export function undoOf(command, { agenda, current }) {
  const { item } = command
  const state = rowOf(agenda, item)?.state
  const wasUnderWay = current === item
  switch (command.do) {
    case "start_item":
      return [back(item), ...(current === null ? [] : [back(current), start(current)])]
    case "finish_item":
      return [back(item), start(item)]
    case "postpone_item":
    case "withdraw_item":
      return [back(item), ...(wasUnderWay ? [start(item)] : [])]
    case "return_item":
      if (wasUnderWay) return [start(item)]
      if (state === "postponed") return [{ do: "postpone_item", item }]
      return state === "withdrawn" ? [{ do: "withdraw_item", item }] : null
    default:
      return null
  }
}

function back(item) {
  return { do: "return_item", item }
}

function start(item) {
  return { do: "start_item", item }
}
