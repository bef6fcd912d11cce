import { type PatchedKind, type PatchSpec, patchAnnotation } from '../model/patch.js'
import type { Kinds } from '../model/resource.js'
import { LiteralBuilder } from './resource.js'

/**
 * Fields to set of a resource that somebody else owns, such as Calico itself: the Runner's `apply` sets these and leaves all
 * others as they are, and its `cleanup` puts back what they were. Where there is no such resource, it makes one.
 *
 * It is a manifest with the annotation `typed-calico.projectcalico.org/patch: "true"`, which does the same in YAML. calicoctl
 * and kubectl know nothing of that: do not apply it with these, for it would replace the whole.
 *
 * @example
 * patch('KubeControllersConfiguration', 'default', {
 *   controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } },
 * }).metadata.annotations // => { 'typed-calico.projectcalico.org/patch': 'true' }
 */
export const patch = <K extends PatchedKind>(kind: K, name: string, spec: PatchSpec<K>): LiteralBuilder<K> =>
  new LiteralBuilder(kind, { name, annotations: { [patchAnnotation]: 'true' } }, spec as Kinds[K]['spec'])
