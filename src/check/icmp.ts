import type { ICMPFields } from '../model/rule.js'
import { all, type Constraint, fields, rule, unless } from './constraint.js'
import { api, validator } from './source.js'

const isFrom0To = (most: number, value: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= most

const type: Constraint<number> = rule(
  {
    name: 'icmp-type',
    what: 'A type of ICMP is not from 0 to 254.',
    remedy: 'use a number from 0 to 254, such as 8 for an echo request',
    source: api('policy_common.go, ICMPFields'),
  },
  (value) => unless(isFrom0To(254, value), () => ({ message: `there is no ICMP type ${value}` })),
)

const code: Constraint<number> = rule(
  {
    name: 'icmp-code',
    what: 'A code of ICMP is not from 0 to 255.',
    remedy: 'use a number from 0 to 255',
    source: api('policy_common.go, ICMPFields'),
  },
  (value) => unless(isFrom0To(255, value), () => ({ message: `there is no ICMP code ${value}` })),
)

const codeNeedsType: Constraint<ICMPFields> = rule(
  {
    name: 'icmp-code-needs-type',
    what: 'A code of ICMP is given without a type.',
    remedy: 'give the type that the code belongs to',
    source: validator('validateICMPFields'),
  },
  (icmp) =>
    unless(icmp.code === undefined || icmp.type !== undefined, () => ({
      at: ['code'],
      message: `the ICMP code ${icmp.code} has no type`,
    })),
)

export const icmp: Constraint<ICMPFields> = all(fields<ICMPFields>({ type, code }), codeNeedsType)
