// Menus are <details class="desk-menu">: one open at a time, closed by Escape or by a press elsewhere.
const open = () => [...document.querySelectorAll(".desk-menu[open]")]

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false
})

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  for (const menu of open()) {
    menu.open = false
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus()
  }
})
