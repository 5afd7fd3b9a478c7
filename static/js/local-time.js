/** Times as the house reads them: in Viet Nam, whatever the tablet is set to. */
const ZONE = "Asia/Ho_Chi_Minh"
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" })
const DAY = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, day: "2-digit", month: "2-digit", year: "numeric" })

/** "09:42" for a Date, ms, or an ISO text; "" for nothing. */
export function clock(moment) {
  return moment === null || moment === undefined ? "" : CLOCK.format(new Date(moment))
}

/** "24/11/2026" */
export function day(moment) {
  return moment === null || moment === undefined ? "" : DAY.format(new Date(moment))
}

/** Seconds as "06:20", or "1:05:00" from an hour on. */
export function duration(seconds) {
  const whole = Math.floor(Math.abs(seconds))
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const clocked = [minutes, rest].map((value) => String(value).padStart(2, "0")).join(":")
  return hours > 0 ? `${hours}:${clocked}` : clocked
}
