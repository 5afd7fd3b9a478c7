// Light or dark and the size of the text, as chosen on this device. Loaded before the first paint, so it imports nothing.
const CHOICES = ["theme", "text"]
const page = document.documentElement
page.dataset.scripts = ""

/** null where the browser keeps nothing (private windows). */
function kept(name) {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function show(name, value) {
  if (value) page.dataset[name] = value
  else delete page.dataset[name]
}

for (const name of CHOICES) show(name, kept(name))

document.addEventListener("change", (event) => {
  const { form, name, value } = event.target
  if (!form?.matches("[data-appearance]")) return
  show(name, value)
  try {
    if (value) localStorage.setItem(name, value)
    else localStorage.removeItem(name)
  } catch {
    // It holds for this page at least.
  }
})

// Another tab has chosen.
addEventListener("storage", ({ key, newValue }) => CHOICES.includes(key) && show(key, newValue))

document.addEventListener("toggle", ({ target }) => target.matches?.(".appearance[open]") && check(target), true)

function check(details) {
  for (const input of details.querySelectorAll("input")) input.checked = input.value === (kept(input.name) ?? "")
}
