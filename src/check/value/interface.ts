import { validator } from '../engine/calico-source.js'
import type { Constraint } from '../engine/constraint.js'
import { form } from './text-number-list.js'

const longest = 15

/** The name of an interface, or `*` for all of them. */
export const interfaceName: Constraint<string> = form(
  {
    name: 'interface-name',
    what: 'The name of an interface is none that Linux allows.',
    remedy: `use at most ${longest} letters, digits and "_.-", or "*" for all interfaces`,
    source: validator('validateInterface'),
  },
  (text) => text === '*' || /^[a-zA-Z0-9_.-]{1,15}$/.test(text),
  'no name of an interface',
)

/** The name of an interface, with `*` for any characters. */
export const interfaceWildcard: Constraint<string> = form(
  {
    name: 'interface-wildcard',
    what: 'A pattern of interfaces is none.',
    remedy: `use at most ${longest} letters, digits and "_.-", with "*" for any characters`,
    source: validator('validateBGPFilterInterface'),
  },
  (text) => /^[a-zA-Z0-9_.*-]{1,15}$/.test(text),
  'no name of an interface',
)

/** As `interfaceWildcard`, but not all of them. */
export const ignoredInterface: Constraint<string> = form(
  {
    name: 'ignored-interface',
    what: 'A pattern of interfaces to ignore is none, or is all of them.',
    remedy: `use at most ${longest} letters, digits and "_.-", with "*" for any characters, but not "*" alone`,
    source: validator('validateIgnoredInterface'),
  },
  (text) => text !== '*' && /^[a-zA-Z0-9_.*-]{1,15}$/.test(text),
  'no name of an interface to ignore',
)

/** An interface as iptables has it: a `+` at the end for any characters. */
export const interfaceFilter: Constraint<string> = form(
  {
    name: 'interface-filter',
    what: 'A pattern of interfaces for iptables is none.',
    remedy: `use at most ${longest} letters, digits and ":._-", with "+" at the end for any characters`,
    source: validator('validateIfaceFilter'),
  },
  (text) => /^[a-zA-Z0-9:._+-]{1,15}$/.test(text),
  'no pattern of interfaces for iptables',
)
