/** A Lucide icon of the built sprite, whose address the page gives in `data-icons`; always beside a word. */
import { svg, html } from "lit"

let sprite

export function icon(name) {
  sprite ??= document.querySelector("[data-icons]").dataset.icons
  return html`<svg class="icon" aria-hidden="true" focusable="false">${svg`<use href="${sprite}#${name}"></use>`}</svg>`
}
