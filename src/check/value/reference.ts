import { validator } from '../engine/calico-source.js'
import { type Constraint, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { isDnsSubdomain, subdomainFault } from './dns-name.js'

/** A name that refers to something: a node, a service, a profile. */
export const reference = (what: string): Constraint<string> =>
  rule(
    {
      name: 'reference-format',
      what: 'The name of a node, service, profile, tier or filter is not a valid DNS name.',
      remedy: 'use lower-case letters, digits, "-" and "." only',
      source: validator('validateName'),
    },
    (text) =>
      unless(isDnsSubdomain(text), () => ({
        message: `the name of the ${what}, ${quoted(text)}, ${subdomainFault(text)}`,
      })),
  )
