/** What the secretariat's elements say of people. */
import { pick, say } from "./words.js"

export const MEMBERS = new Set(["chair", "deputy", "member"])

/** 'thành viên', or 'dự thay Giám đốc Sở Du lịch' */
export function roleWords({ role, stands_for: seat }, people) {
  const member = people?.find(({ person }) => person === seat)
  return member ? say("stands_for", { who: pick(member.office) }) : say(`role_${role}`)
}

/** For finding 'Sở Du lịch' by 'so du lich': without tone marks, and đ as d. */
export function folded(words) {
  return words.normalize("NFD").replace(/\p{Diacritic}/gu, "").replace(/[đĐ]/g, "d").toLowerCase()
}
