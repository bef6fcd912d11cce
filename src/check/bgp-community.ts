import { quoted } from './dns-name.js'

const standard = /^\d+:\d+$/
const large = /^\d+:\d+:\d+$/

/** `aa:nn` or `aa:nn:mm`, whatever the size of the numbers. */
export const isCommunity = (text: string): boolean => standard.test(text) || large.test(text)

/** Why a community is none, for a text of the right form or another. */
export const communityFault = (text: string): string | undefined => {
  if (!isCommunity(text)) return `${quoted(text)} is no community`
  const most = large.test(text) ? 0xffff_ffff : 0xffff
  const over = text.split(':').find((part) => Number(part) > most)
  return over === undefined ? undefined : `the community ${quoted(text)} has ${over}: ${most} is the most`
}
