/** Keeps the screen of the device on while the page is seen, where the browser can (it needs https). */
export function keepAwake() {
  const ask = () => {
    if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {})
  }
  // The lock is lost whenever the page is hidden.
  document.addEventListener("visibilitychange", ask)
  ask()
}
