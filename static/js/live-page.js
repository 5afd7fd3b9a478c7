/**
 * What every live page does about its connection: go to the sign-in when the session has ended, and load itself again
 * when the server has newer pages.
 *
 *   followPageLife(connection, { isBusy: () => boolean, onStale: () => ... })
 *
 * `isBusy` says that something is typed and not sent; then the page is not taken away, `onStale` shows a notice instead.
 */
const RELOADED = "ecabinet.reloaded-for"

export function followPageLife(connection, { isBusy = () => false, onStale = () => {} } = {}) {
  connection.addEventListener("state", () => connection.state === "ended" && goToSignIn())
  connection.addEventListener("stale", () => {
    if (isBusy() || !reloadOnce(connection.hello.build)) onStale()
  })
}

export function goToSignIn() {
  const here = location.pathname + location.search + location.hash
  location.assign(`/sign-in?next=${encodeURIComponent(here)}`)
}

/** Once per build: a proxy that keeps serving the old page must not make it reload for ever. */
function reloadOnce(build) {
  try {
    if (sessionStorage.getItem(RELOADED) === build) return false
    sessionStorage.setItem(RELOADED, build)
  } catch {
    return false
  }
  location.reload()
  return true
}
