// A day is typed as 24/11/2026; this adds its weekday beside it and the browser's own calendar.
const LANGUAGE = document.documentElement.lang === "en" ? "en-GB" : "vi-VN"

class DayField extends HTMLElement {
  connectedCallback() {
    if (this.picker) return
    this.input = this.querySelector("input")
    this.weekday = document.createElement("output")
    this.picker = Object.assign(document.createElement("input"), { type: "date", tabIndex: -1 })
    this.picker.setAttribute("aria-hidden", "true")
    this.append(this.weekday, this.button(), this.picker)
    this.input.addEventListener("input", () => this.tell())
    this.picker.addEventListener("change", () => this.take())
    this.tell()
  }

  button() {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "button"
    button.dataset.shape = "square"
    button.innerHTML = this.querySelector("template").innerHTML
    button.setAttribute("aria-label", this.dataset.choose)
    button.hidden = !("showPicker" in HTMLInputElement.prototype)
    button.addEventListener("click", () => this.open())
    return button
  }

  open() {
    const day = readDay(this.input.value)
    this.picker.value = day ? isoDay(day) : ""
    this.picker.showPicker()
  }

  take() {
    const [year, month, day] = this.picker.value.split("-")
    if (!day) return
    this.input.value = `${day}/${month}/${year}`
    this.input.dispatchEvent(new Event("input", { bubbles: true }))
    this.input.focus()
  }

  tell() {
    const day = readDay(this.input.value)
    this.weekday.textContent = day ? new Intl.DateTimeFormat(LANGUAGE, { weekday: "long" }).format(day) : ""
  }
}

function readDay(text) {
  const [, day, month, year] = text.trim().match(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/) ?? []
  const found = new Date(Number(year), Number(month) - 1, Number(day))
  return found.getMonth() === Number(month) - 1 ? found : null
}

function isoDay(day) {
  const two = (number) => String(number).padStart(2, "0")
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

customElements.define("day-field", DayField)
