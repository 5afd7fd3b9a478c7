/** How many members are present, and whether that is a quorum. Property: presence. */
import { html } from "lit"
import { LightElement } from "./light-element.js"
import { icon } from "./icon.js"
import { say } from "./words.js"

class QuorumBadge extends LightElement {
  static properties = { presence: { attribute: false } }

  render() {
    const { presence } = this
    if (!presence) return ""
    if (presence.needed === 0) return html`<span class="badge">${icon("users")} ${say("present_of", presence)}</span>`
    const [short, long] = presence.quorate ? ["quorate", "quorum_is_met"] : ["inquorate", "quorum_is_missing"]
    return html`<span class="badge" data-tone=${presence.quorate ? "good" : "warn"} title=${say(long, presence)}>
      ${icon("users")}<span aria-hidden="true">${say(short, presence)}</span><span class="sr-only">${say(long, presence)}</span>
    </span>`
  }
}
customElements.define("quorum-badge", QuorumBadge)
