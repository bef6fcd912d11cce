import { validator } from '../engine/calico-source.js'
import type { Constraint } from '../engine/constraint.js'
import { form } from './text-number-list.js'

const longest = 15

/** The name of an interface, or `*` for all of them. */
export const interfaceName: Constraint<string> = form(
  {
    name: 'interface-name',
    what: 'An interface name is not valid in Linux.',
    remedy: `use at most ${longest} letters, digits and "_.-", or "*" for all interfaces`,
    source: validator('validateInterface'),
  },
  (text) => text === '*' || /^[a-zA-Z0-9_.-]{1,15}$/.test(text),
  'not a valid interface name',
)

/** The name of an interface, with `*` for any characters. */
export const interfaceWildcard: Constraint<string> = form(
  {
    name: 'interface-wildcard',
    what: 'An interface pattern is not valid.',
    remedy: `use at most ${longest} letters, digits and "_.-", with "*" for any characters`,
    source: validator('validateBGPFilterInterface'),
  },
  (text) => /^[a-zA-Z0-9_.*-]{1,15}$/.test(text),
  'not a valid interface name',
)

/** As `interfaceWildcard`, but not all of them. */
export const ignoredInterface: Constraint<string> = form(
  {
    name: 'ignored-interface',
    what: 'A pattern of interfaces to ignore is not valid, or ignores all of them.',
    remedy: `use at most ${longest} letters, digits and "_.-", with "*" for any characters, but not "*" alone`,
    source: validator('validateIgnoredInterface'),
  },
  (text) => text !== '*' && /^[a-zA-Z0-9_.*-]{1,15}$/.test(text),
  'not a valid pattern of interfaces to ignore',
)

/** An interface as iptables has it: a `+` at the end for any characters. */
export const interfaceFilter: Constraint<string> = form(
  {
    name: 'interface-filter',
    what: 'An interface pattern for iptables is not valid.',
    remedy: `use at most ${longest} letters, digits and ":._-", with "+" at the end for any characters`,
    source: validator('validateIfaceFilter'),
  },
  (text) => /^[a-zA-Z0-9:._+-]{1,15}$/.test(text),
  'not a valid interface pattern for iptables',
)
