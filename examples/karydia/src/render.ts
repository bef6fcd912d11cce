import { orThrow, toYaml } from 'typed-calico'
import { toManifestWork, toStorage } from 'typed-calico/fleet'
import { stringify } from 'yaml'
import { hostSettings } from './hosts.js'
import type { Inputs } from './inputs.js'
import { policies } from './policies.js'

const documents = (objects: ReadonlyArray<unknown>): string =>
  objects.map((object) => stringify(object, { lineWidth: 0 })).join('---\n')

/** The policies as YAML, in the form that the mode brings to the cluster. */
export const render = (inputs: Inputs): string => {
  const { calico, mode, owner, release } = inputs
  if (calico === '') throw new Error('config.calico.version is missing: the cluster\'s, quoted: "3.28"')
  if (hostSettings(inputs).length > 0)
    throw new Error(
      `config.calico.hosts: autoCreate and failsafeFrom are fields of what is not this release's: with mode ${mode}, ` +
        'set them yourself',
    )
  const resources = policies(inputs, calico)
  switch (mode) {
    case 'storage':
      return documents(orThrow(toStorage(resources, { calico, owner })))
    case 'manifestwork': {
      if (inputs.managed === '')
        throw new Error('config.calico.cluster is missing: the managed cluster, as the hub calls it')
      const options = { name: release.name, cluster: inputs.managed, calico, carry: 'job', owner } as const
      return documents(orThrow(toManifestWork(resources, options)))
    }
    default:
      return toYaml(...resources)
  }
}
