/** The sign of an option, drawn with strokes: a font may lack ✓ ✕ –, and colour alone says nothing. */
import { html, svg } from "lit"

const STROKES = {
  for: svg`<path d="M4 13l5 5L20 6" />`,
  against: svg`<path d="M5 5l14 14M19 5L5 19" />`,
  not_voting: svg`<path d="M5 12h14" />`,
  other: svg`<path d="M4 6h16v10H11l-4 4v-4H4z" />`,
}

export function voteSign(side) {
  if (!(side in STROKES)) return ""
  return html`<svg class="vote-sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${STROKES[side]}</svg>`
}
