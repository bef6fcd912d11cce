import type { ServedType } from '../kinds/served-type.js'

const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']

const groupOf = (group: string, served: ReadonlyArray<ServedType>) => {
  const versions = [...new Set(served.filter((type) => type.group === group).map(({ version }) => version))]
  const described = versions.map((version) => ({ groupVersion: `${group}/${version}`, version }))
  return { name: group, versions: described, preferredVersion: described[0] }
}

const resourcesOf = (group: string, version: string, served: ReadonlyArray<ServedType>) => {
  const found = served.filter((type) => type.group === group && type.version === version)
  if (found.length === 0) return undefined
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources: found.flatMap(({ resource, kind, namespaced, status, shortNames }) => [
      { name: resource, singularName: kind.toLowerCase(), namespaced, kind, verbs, shortNames },
      ...(status
        ? [{ name: `${resource}/status`, singularName: '', namespaced, kind, verbs: ['get', 'update'] }]
        : []),
      ...(resource === 'pods'
        ? [{ name: 'pods/log', singularName: '', namespaced, kind, verbs: ['get'] }]
        : []),
    ]),
  }
}

/** What discovery says at the path; undefined when it says nothing there. */
export const discoveryAt = (path: string, served: ReadonlyArray<ServedType>): unknown => {
  const [, root, group, version, more] = path.split('/')
  if (root === 'version') return { major: '1', minor: '33', gitVersion: 'v1.33.0', platform: 'memory' }
  if (more !== undefined) return undefined
  if (root === 'api') {
    if (version !== undefined) return undefined
    return group === undefined
      ? { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }
      : resourcesOf('', group, served)
  }
  if (root !== 'apis') return undefined
  const groups = [...new Set(served.map((type) => type.group))].filter((name) => name !== '')
  if (group === undefined) {
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map((name) => groupOf(name, served)) }
  }
  if (!groups.includes(group)) return undefined
  return version === undefined
    ? { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group, served) }
    : resourcesOf(group, version, served)
}
