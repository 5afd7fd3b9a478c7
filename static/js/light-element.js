/** A Lit element that renders into the page itself, so that the page's styles, labels and forms reach it. */
import { LitElement } from "lit"

export class LightElement extends LitElement {
  createRenderRoot() {
    // What the server rendered for readers without scripts has had its time.
    this.replaceChildren()
    return this
  }

  /** Asks whoever holds the connection to send a command. */
  command(command) {
    this.emit("command", command)
  }

  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }))
  }
}
