/**
 * Makes a picture fit its frame: its words get smaller step by step (`data-fit` 0 to 7) rather than overflow.
 * The last step also cuts very long texts.
 */
const STEPS = 7

export function fitPicture(frame) {
  const content = frame.firstElementChild?.firstElementChild
  if (!content) return
  for (let step = 0; step <= STEPS; step += 1) {
    frame.dataset.fit = step
    if (content.scrollHeight <= frame.clientHeight && content.scrollWidth <= frame.clientWidth) return
  }
}
