import type { Resource } from '../../model/resource.js'

/** What of Felix's configuration decides over pods' traffic. */
export interface FelixFacts {
  /** The port of VXLAN, which pods may not send to; `undefined` where they may. */
  readonly vxlanPort: number | undefined
  readonly dropsIPIP: boolean
  /** Whether policy is synced to something that judges HTTP as well. */
  readonly hasApplicationLayer: boolean
}

/** **Source**: `felix/config/config_params.go`; the names are those of FelixConfiguration. */
export const felixFacts = (resources: ReadonlyArray<Resource>): FelixFacts => {
  const found = resources.find((it) => it.kind === 'FelixConfiguration' && it.metadata.name === 'default')
  const spec = found?.kind === 'FelixConfiguration' ? found.spec : {}
  return {
    vxlanPort: spec.allowVXLANPacketsFromWorkloads === true ? undefined : (spec.vxlanPort ?? 4789),
    dropsIPIP: spec.allowIPIPPacketsFromWorkloads !== true,
    hasApplicationLayer: Boolean(spec.policySyncPathPrefix),
  }
}
