import type { ProfileSpec } from '../model/profile.js'
import { type Constraint, each, fields } from './constraint.js'
import { labels } from './metadata.js'
import { ruleOfPolicy } from './rule.js'

export const profileSpec: Constraint<ProfileSpec> = fields<ProfileSpec>({
  ingress: each(ruleOfPolicy),
  egress: each(ruleOfPolicy),
  labelsToApply: labels,
})
