/**
 * What the live elements say, in the language of the page: flat tables, one file per area, key -> [Vietnamese, English].
 *
 *   say("voted_of", { voted: 12, all: 25 })   "Đã biểu quyết 12/25"
 *   pick({ vi: "...", en: "..." })             a bilingual text of a part; an empty side falls back to the other
 */
import { DESK_WORDS } from "./words-desk.js"
import { ROOM_WORDS } from "./words-room.js"
import { RUN_WORDS } from "./words-run.js"
import { SCREEN_WORDS } from "./words-screen.js"

const WORDS = { ...ROOM_WORDS, ...DESK_WORDS, ...RUN_WORDS, ...SCREEN_WORDS }

export const language = document.documentElement.lang === "en" ? "en" : "vi"
const SIDE = language === "vi" ? 0 : 1

export function say(key, params = {}) {
  if (!(key in WORDS)) throw new Error(`no words for '${key}'`)
  return WORDS[key][SIDE].replace(/\{(\w+)\}/g, (whole, name) => params[name] ?? whole)
}

export function pick(text) {
  if (!text) return ""
  return (language === "vi" ? text.vi || text.en : text.en || text.vi) ?? ""
}

export function knows(key) {
  return key in WORDS
}
