/** Questions that several elements of a live page ask of the parts; nothing here counts votes or judges a result. */

export function isOver(stage) {
  return stage?.stage === "closed" || stage?.stage === "cancelled"
}

export function rowOf(agenda, item) {
  return agenda?.items.find((row) => row.id === item)
}

/** The items that are dealt with; the others are headings. */
export function leavesOf(agenda) {
  return agenda?.items.filter((row) => !row.heading) ?? []
}

/** The polls of an item as [id, part], oldest first; without an item all of them. */
export function pollsOf(store, item) {
  return store.all("poll/").filter(([, poll]) => item === undefined || poll.item === item)
}

export function openPoll(store) {
  return pollsOf(store).find(([, poll]) => poll.state === "open")?.[0] ?? null
}

/** The run that counts of an item's votes: the last that was not only drafted. */
export function latestPoll(store, item) {
  return pollsOf(store, item).filter(([, poll]) => poll.state !== "draft").at(-1)?.[0] ?? null
}

/** This tablet's ballot that is not shown by the parts yet. */
export function pendingBallot(pending, pollId) {
  return pending.filter(({ message }) => message.do === "cast_ballot" && message.poll === pollId).at(-1)
}

export function optionsOf(poll, choice) {
  return poll.options.filter((option) => choice.includes(option.id))
}
