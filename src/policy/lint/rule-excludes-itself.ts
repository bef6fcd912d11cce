import { emptied } from './covers.js'
import type { Rule } from './rule.js'

export const ruleExcludesItself: Rule = {
  what: 'A rule excludes everything it asks for: notNets covers all of its nets, or notProtocol, notPorts or notSelector does the same.',
  remedy: 'exclude less, or remove the rule',
  source: 'api/pkg/apis/projectcalico/v3/policy_common.go, EntityRule',
  find: ({ policies }) =>
    policies.flatMap(({ index, sides }) =>
      sides.flatMap(({ field, rules }) =>
        rules.flatMap((match, at) => {
          const path = emptied(match)
          if (path === undefined) return []
          const message = `the rule matches nothing: ${path.at(-1)} excludes everything it asks for`
          return [{ index, path: ['spec', field, at, ...path], message }]
        }),
      ),
    ),
}
