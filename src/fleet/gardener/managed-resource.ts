import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject, ResourceType } from '../../cluster/port.js'
import { apiVersionOf } from '../../cluster/resource-types.js'
import { type Invalid, unlessIssues } from '../../error.js'
import { ownerLabels } from '../../runner/state/owner-labels.js'
import { nameIssues } from '../object-name.js'
import { toStorage } from '../to-storage.js'
import { toSecrets } from './secret.js'

export const managedResources: ResourceType = {
  group: 'resources.gardener.cloud',
  version: 'v1alpha1',
  resource: 'managedresources',
  kind: 'ManagedResource',
  namespaced: true,
}

/** The name and place of a ManagedResource, and the release of Calico that it is for. */
export interface ManagedResourceOptions {
  /** Of the ManagedResource. Its Secrets are `managedresource-NAME`. */
  readonly name: string
  /** The shoot's control plane: `shoot--PROJECT--NAME`. */
  readonly namespace: string
  /** The release of Calico that the shoot runs. */
  readonly calico: string
  /** Marks the objects as the Runner does. */
  readonly owner?: string
  /** Whose ManagedResource it is: none for the shoot's own resource manager. */
  readonly class?: string
  /** Leaves the resources on the shoot when the ManagedResource goes. Default: they go with it. */
  readonly keepObjects?: boolean
}

/**
 * A ManagedResource and its Secrets, for who works on a seed: an extension of Gardener, or an operator. Its resource manager
 * applies them to the shoot, puts back what others change in the spec, keeps the labels and annotations of others, takes away
 * what is no longer in the Secrets, and all of it with the ManagedResource. It looks at names, not at who owns an object of
 * that name: choose names that nobody else has.
 *
 * Works in Node only: it compresses with `node:zlib`, from 1 MiB on.
 *
 * **Errors**: `Invalid`: as `toStorage`; `name`; `too-large` for a resource that no Secret holds.
 *
 * **Source**: Gardener's `docs/concepts/resource-manager.md`, `pkg/resourcemanager/controller/managedresource`.
 *
 * @example
 * const options = { name: 'guardrails', namespace: 'shoot--core--web', calico: '3.31.6' }
 * toManagedResource([globalNetworkPolicy('deny-all').denyIngress()], options) // => Right, with a Secret and a ManagedResource
 */
export const toManagedResource = (
  resources: ReadonlyArray<unknown>,
  options: ManagedResourceOptions,
): E.Either<Invalid, ReadonlyArray<KubeObject>> => {
  const { name, namespace, calico, owner, keepObjects } = options
  const issues = [...nameIssues('name', name, 230), ...nameIssues('namespace', namespace, 63)]
  const named = unlessIssues(issues, name)
  if (E.isLeft(named)) return named
  const stored = toStorage(resources, { calico, ...(owner === undefined ? {} : { owner }) })
  if (E.isLeft(stored)) return stored
  const made = toSecrets(stored.right, {
    name: `managedresource-${name}`,
    namespace,
    ...(owner === undefined ? {} : { owner }),
  })
  if (E.isLeft(made)) return made
  const id = { kind: managedResources.kind, namespace, name }
  return E.right([
    ...made.right,
    {
      apiVersion: apiVersionOf(managedResources),
      kind: managedResources.kind,
      metadata: { name, namespace, ...(owner === undefined ? {} : ownerLabels(owner, id)) },
      spec: {
        ...(options.class === undefined ? {} : { class: options.class }),
        ...(keepObjects === undefined ? {} : { keepObjects }),
        secretRefs: made.right.map(({ metadata }) => ({ name: metadata.name })),
      },
    },
  ])
}
