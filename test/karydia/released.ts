import * as assert from 'uvu/assert'
import { becomes } from '../lab/becomes.js'
import type { Output } from '../lab/command.js'
import type { Lab } from '../lab/lab.js'
import { placeOf } from '../lab/place.js'
import { image, provideImage } from './image.js'
import { type Release, releaseOf } from './release.js'

const place = placeOf()

/** Helm's values for the lab. */
export const valuesFor = (lab: Lab, calico: object, config: object = {}) => ({
  features: { calicoHostSecurity: true },
  config: {
    ...config,
    calico: { image, nodeCIDR: `${lab.node}/32`, clusterCIDR: '198.19.0.0/16', ...calico },
  },
})

/** Every object of every kind on the cluster, but for events, as `Kind namespace/name`. */
export const everything = async ({ kubectl }: Lab): Promise<ReadonlyArray<string>> => {
  const kinds = (await kubectl(['api-resources', '--verbs=list', '--output=name'])).stdout
    .split('\n')
    .filter((kind) => kind !== '' && !kind.startsWith('events'))
  const columns = 'custom-columns=:kind,:metadata.namespace,:metadata.name'
  const listed = await kubectl(['get', kinds.join(','), '--all-namespaces', '--no-headers', '-o', columns])
  if (listed.code !== 0) throw new Error(listed.stderr)
  return listed.stdout
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .sort()
}

let provided: Promise<void> | undefined

/** Runs with a release that is not installed yet, and fails if its uninstall leaves anything at all. */
export const leavingNothing = async (lab: Lab, use: (release: Release) => Promise<void>): Promise<void> => {
  provided ??= provideImage(place)
  await provided
  const release = await releaseOf(place, 'karydia', 'karydia')
  await lab.kubectl(['create', 'namespace', 'karydia'])
  try {
    await becomes(async () => (await everything(lab)).includes('ServiceAccount karydia default'), true)
    const before = new Set(await everything(lab))
    await use(release)
    await becomes(async () => (await everything(lab)).filter((object) => !before.has(object)), [])
  } finally {
    await release.uninstall()
    await lab.kubectl(['delete', 'namespace', 'karydia'])
    await release.remove()
  }
}

export const done = ({ code, stderr }: Output): void => assert.is(code, 0, stderr)
