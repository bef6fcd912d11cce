import { family, parseAddress } from './address.js'
import type { Constraint } from './constraint.js'
import { validator } from './source.js'
import { form } from './text.js'

/** An address of either family, without a length. */
export const ipAddress: Constraint<string> = form(
  {
    name: 'ip-address',
    what: 'An address is none.',
    remedy: 'write an IPv4 or IPv6 address, without a length',
    source: 'gopkg.in/go-playground/validator.v9, isIP',
  },
  (text) => parseAddress(text) !== undefined,
  'no IP address',
)

const ofFamily = (version: 4 | 6, name: string, example: string): Constraint<string> =>
  form(
    {
      name,
      what: `An IPv${version} address is none.`,
      remedy: `write an address such as ${example}, without a length`,
      source: validator('validateFelixConfigSpec and validateWorkloadEndpointSpec'),
    },
    (text) => {
      const words = parseAddress(text)
      return words !== undefined && family(words) === version
    },
    `no IPv${version} address`,
  )

export const ipv4Address: Constraint<string> = ofFamily(4, 'ipv4-address', '10.0.0.1')
export const ipv6Address: Constraint<string> = ofFamily(6, 'ipv6-address', 'fd00::1')
