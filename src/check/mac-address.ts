import type { Constraint } from './constraint.js'
import { validator } from './source.js'
import { form } from './text.js'

const pair = '[0-9a-fA-F]{2}'
const quad = '[0-9a-fA-F]{4}'
/** 6, 8 or 20 bytes: with colons or hyphens by twos, with dots by fours. */
const mac = new RegExp(
  [
    ...[5, 7, 19].flatMap((more) => [`${pair}(?::${pair}){${more}}`, `${pair}(?:-${pair}){${more}}`]),
    ...[2, 3, 9].map((more) => `${quad}(?:\\.${quad}){${more}}`),
  ]
    .map((one) => `^${one}$`)
    .join('|'),
)

export const macAddress: Constraint<string> = form(
  {
    name: 'mac-address',
    what: 'A MAC address is none.',
    remedy: 'write it as 66:b8:4b:a1:d5:00',
    source: validator('ValidateMAC'),
  },
  (text) => mac.test(text),
  'no MAC address',
)
