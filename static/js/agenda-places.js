/** Places in an agenda, as the rows of the part `agenda` tell them (they give depth, not parents). */
import { pick, say } from "./words.js"

/** The row that `row` stands in, undefined at the top. */
export function parentOf(rows, row) {
  const before = rows.slice(0, rows.indexOf(row)).reverse()
  return before.find(({ depth }) => depth < row.depth)
}

/** Rows with the same parent, in order. */
export function siblingsOf(rows, row) {
  const parent = parentOf(rows, row)
  return rows.filter((other) => other.depth === row.depth && parentOf(rows, other) === parent)
}

/** The command that moves a row one place up (-1) or down (1) among its siblings, null at the end of its way. */
export function moveCommand(rows, row, step) {
  const siblings = siblingsOf(rows, row)
  const at = siblings.indexOf(row) + step
  if (at < 0 || at >= siblings.length) return null
  const before = step < 0 ? siblings[at] : siblings[at + 1]
  return { do: "move_item", item: row.id, parent: parentOf(rows, row)?.id ?? null, before: before?.id ?? null }
}

/** Where a late item could stand: before each row, last under each heading, at the end. `isNext` follows the current item. */
export function placesIn({ items: rows }, current) {
  const now = rows.find(({ id }) => id === current)
  const siblings = now ? siblingsOf(rows, now) : []
  const next = siblings[siblings.indexOf(now) + 1]
  const isNext = (parent, before) => now !== undefined && parent === (parentOf(rows, now)?.id ?? null) && before === (next?.id ?? null)
  const place = (parent, before, words) => ({ parent, before, words, isNext: isNext(parent, before) })
  const places = rows.map((row) => place(parentOf(rows, row)?.id ?? null, row.id, say("place_before", named(row))))
  const inside = rows.filter(({ heading }) => heading).map((row) => place(row.id, null, say("place_last_in", named(row))))
  return [place(null, null, say("place_last")), ...places, ...inside]
}

function named({ number, title }) {
  const words = pick(title)
  return { number, title: words.length > 50 ? `${words.slice(0, 48)}…` : words }
}
