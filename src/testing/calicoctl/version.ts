import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../cluster/port.js'
import { minorOf } from '../../model/calico-version.js'
import { type Call, type Printed, worded } from './call.js'
import { calicoApiVersion } from './kind.js'

const clusterInformation: KubeObject = {
  apiVersion: calicoApiVersion,
  kind: 'ClusterInformation',
  metadata: { name: 'default' },
}

const textOf = ({ spec }: KubeObject, field: string): string => {
  const [, value] = Object.entries(spec ?? {}).find(([key]) => key === field) ?? []
  return typeof value === 'string' ? value : ''
}

const release = (version: string): string => version.replace(/^v/, '').split('-')[0] ?? ''

/**
 * Why this calicoctl does not work on this cluster. **Source**:
 * `calicoctl/calicoctl/commands/common/version_mismatch.go`.
 */
export const mismatch = async ({ client, version, args }: Call): Promise<string | undefined> => {
  if (args.options.has('allow-version-mismatch')) return undefined
  const found = await client.get(clusterInformation)
  const override = `Use --allow-version-mismatch to override${minorOf(version) < 31 ? '.\n' : ''}`
  if (E.isLeft(found)) {
    if (found.left._tag === 'Missing') return undefined
    return worded(
      version,
      `Unable to get Cluster Information to verify version mismatch: ${found.left.text}\n${override}`,
    )
  }
  const cluster = release(textOf(found.right, 'calicoVersion'))
  if (cluster === '' || cluster === release(version)) return undefined
  return worded(
    version,
    `Version mismatch.\nClient Version:   ${version}\nCluster Version:  ${cluster}\n${override}`,
  )
}

/** `calicoctl version`. */
export const version = async ({ client, version }: Call): Promise<Printed> => {
  const own = `Client Version:    ${version}\nGit commit:        \n`
  const found = await client.get(clusterInformation)
  if (E.isLeft(found)) {
    return { stdout: own, error: `Unable to retrieve Cluster Version or Type: ${found.left.text}` }
  }
  const cluster = textOf(found.right, 'calicoVersion') || 'unknown'
  const type = textOf(found.right, 'clusterType') || 'unknown'
  return { stdout: `${own}Cluster Version:   ${cluster}\nCluster Type:      ${type}\n` }
}
