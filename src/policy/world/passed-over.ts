import type { Issue } from '../../error.js'
import type { Manifest } from './manifest.js'

/** Groups whose policies something else than Calico enforces, beside it. */
const otherEnforcers =
  /(^|\.)(cilium\.io|antrea\.io|antrea\.tanzu\.vmware\.com|istio\.io|linkerd\.io|kuma\.io)$/

const isOthersPolicy = ({ apiVersion, kind }: Manifest): boolean =>
  /Network\w*Policy$/.test(kind) ||
  (/Policy$|Authentication$|Authorization$/.test(kind) && otherEnforcers.test(apiVersion.split('/')[0] ?? ''))

/** What no answer takes into account, by kinds: one issue for each, however many there are. */
export const passedOverKinds = (manifests: ReadonlyArray<Manifest>): ReadonlyArray<Issue> => {
  const counts = new Map<string, { readonly first: Manifest; count: number }>()
  for (const manifest of manifests) {
    const key = `${manifest.kind} of ${manifest.apiVersion}`
    const there = counts.get(key)
    if (there === undefined) counts.set(key, { first: manifest, count: 1 })
    else there.count++
  }
  return [...counts].map(([what, { first, count }]) => {
    const many = count === 1 ? '1 object' : `${count} objects`
    return isOthersPolicy(first)
      ? {
          rule: 'foreign-policy',
          path: ['kind'],
          message: `${what}: Calico does not enforce it, whatever else may (${many})`,
        }
      : {
          rule: 'unknown-kind',
          path: ['kind'],
          message: `${what}: not looked at, since no policy of Calico's asks about it (${many})`,
        }
  })
}
