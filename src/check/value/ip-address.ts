import { family, parseAddress } from '../../net/ip-address.js'
import { validator } from '../engine/calico-source.js'
import type { Constraint } from '../engine/constraint.js'
import { form } from './text-number-list.js'

/** An address of either family, without a length. */
export const ipAddress: Constraint<string> = form(
  {
    name: 'ip-address',
    what: 'An IP address is not valid.',
    remedy: 'write an IPv4 or IPv6 address, without a prefix length',
    source: 'gopkg.in/go-playground/validator.v9, isIP',
  },
  (text) => parseAddress(text) !== undefined,
  'not an IP address',
)

const ofFamily = (version: 4 | 6, name: string, example: string): Constraint<string> =>
  form(
    {
      name,
      what: `An IPv${version} address is not valid.`,
      remedy: `write an address such as ${example}, without a prefix length`,
      source: validator('validateFelixConfigSpec and validateWorkloadEndpointSpec'),
    },
    (text) => {
      const words = parseAddress(text)
      return words !== undefined && family(words) === version
    },
    `not an IPv${version} address`,
  )

export const ipv4Address: Constraint<string> = ofFamily(4, 'ipv4-address', '10.0.0.1')
export const ipv6Address: Constraint<string> = ofFamily(6, 'ipv6-address', 'fd00::1')

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
    what: 'A MAC address is not valid.',
    remedy: 'write it as 66:b8:4b:a1:d5:00',
    source: validator('ValidateMAC'),
  },
  (text) => mac.test(text),
  'not a MAC address',
)
