import type { ProfileSpec } from '../model/profile.js'
import { all, type Constraint, each, fields } from './constraint.js'
import { labels } from './metadata.js'
import { ruleWith } from './rule.js'

const rules = each(ruleWith({ source: all(), destination: all() }))

export const profileSpec: Constraint<ProfileSpec> = fields<ProfileSpec>({
  ingress: rules,
  egress: rules,
  labelsToApply: labels,
})
