import type { Rule } from './rule.js'

export const serviceWithoutNamespace: Rule = {
  what: "A rule names a service without its namespace: it matches nothing, not even in the policy's own namespace.",
  remedy: 'write the namespace of the service',
  source: 'libcalico-go/lib/backend/syncersv1/updateprocessors/rules.go',
  report: 'https://github.com/projectcalico/api/pull/8',
  find: ({ policies }) =>
    policies.flatMap(({ index, resource, namespace }) =>
      (['ingress', 'egress'] as const).flatMap((field) =>
        (resource.spec[field] ?? []).flatMap((rule, at) =>
          (['source', 'destination'] as const).flatMap((end) => {
            const services = rule[end]?.services
            if (services === undefined || services.namespace) return []
            const hint =
              namespace === undefined ? {} : { hint: `write namespace: ${namespace}, if that is meant` }
            const path = ['spec', field, at, end, 'services']
            return [
              { index, path, message: 'the rule matches nothing: the service has no namespace', ...hint },
            ]
          }),
        ),
      ),
    ),
}
