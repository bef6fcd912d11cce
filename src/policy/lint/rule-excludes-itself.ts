import { emptied } from './covers.js'
import type { Rule } from './rule.js'

export const ruleExcludesItself: Rule = {
  what: 'A rule excludes all that it matches: by notNets all of its nets, or so with protocol, ports or selector.',
  remedy: 'exclude less, or remove the rule',
  source: 'api/pkg/apis/projectcalico/v3/policy_common.go, EntityRule',
  find: ({ policies }) =>
    policies.flatMap(({ index, sides }) =>
      sides.flatMap(({ field, rules }) =>
        rules.flatMap((match, at) => {
          const path = emptied(match)
          if (path === undefined) return []
          const message = `the rule matches nothing: ${path.at(-1)} excludes all that it asks for`
          return [{ index, path: ['spec', field, at, ...path], message }]
        }),
      ),
    ),
}
