import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../cluster/port.js'
import { type Invalid, type Issue, invalid, unlessIssues } from '../../error.js'
import { minorOf } from '../../model/calico-version.js'
import type { LabelSelector } from '../../model/meta/label-selector.js'
import type { StoredObject } from '../../model/storage/stored-object.js'
import { nameIssues } from '../object-name.js'
import { toStorage } from '../to-storage.js'
import { contradictions } from './label-requirements.js'
import { toSecrets } from './secret.js'
import { decodeShootSelector } from './shoot-selector.js'

/** Shoots of one storage form: which they are, and the release of Calico that they run. */
export interface ShootForm {
  /** By the labels of Shoots. `all` for every Shoot of the seed. */
  readonly shootSelector: LabelSelector | 'all'
  readonly calico: string
}

interface Named {
  /** Of the Secret. Up to 230 characters. */
  readonly name: string
  /** Marks the Secrets, and what is in them, so that the Runner's `status` and `cleanup` on a shoot find it. */
  readonly owner?: string
}

/** The name of the Secrets, and the Shoots that they are for. */
export type StaticManifestOptions = Named &
  (
    | ShootForm
    | {
        /** Where shoots run several releases. No two may select one Shoot. */ readonly forms: ReadonlyArray<ShootForm>
      }
  )

const namespace = 'garden'
const purpose = { 'gardener.cloud/purpose': 'shoot-static-manifest' }
const selectorAnnotation = 'static-manifests.shoot.gardener.cloud/selector'

/** gardenlet puts `static-manifests-` in front of it; a form and a number come behind. */
const longestName = 230

const formsOf = (options: StaticManifestOptions): ReadonlyArray<ShootForm> =>
  'forms' in options ? options.forms : [options]

const asSelector = (selector: LabelSelector | 'all'): LabelSelector => (selector === 'all' ? {} : selector)

/** A Shoot that gets two forms would have each policy twice, under two names, or its objects written back and forth. */
const overlaps = (forms: ReadonlyArray<ShootForm>): ReadonlyArray<Issue> =>
  forms.flatMap((form, index) =>
    forms.slice(0, index).flatMap((other): ReadonlyArray<Issue> => {
      const both = [asSelector(form.shootSelector), asSelector(other.shootSelector)]
      if (contradictions(...both).length > 0) return []
      const message = `a Shoot can match this selector and that of Calico ${other.calico}`
      const hint = 'tell the two apart by the value of one label'
      return [{ rule: 'forms-overlap', path: ['forms', index, 'shootSelector'], message, hint }]
    }),
  )

const twiceIssues = (forms: ReadonlyArray<ShootForm>): ReadonlyArray<Issue> => {
  const minors = forms.map(({ calico }) => minorOf(calico))
  return minors.flatMap((minor, index) =>
    minors.indexOf(minor) === index
      ? []
      : [
          {
            rule: 'forms-overlap',
            path: ['forms', index, 'calico'],
            message: `there is a form for Calico 3.${minor} already`,
            hint: 'join the two selectors: both have one storage form',
          },
        ],
  )
}

const selectorsOf = (
  forms: ReadonlyArray<ShootForm>,
): E.Either<Invalid, ReadonlyArray<LabelSelector | 'all'>> =>
  E.traverseArray(({ shootSelector }: ShootForm) => decodeShootSelector(shootSelector))(forms)

/**
 * The Secrets by which an operator of Gardener brings resources to the shoots of a seed: put into the seed's namespace
 * `garden`, they are applied to each Shoot that the selector matches when that is reconciled. One for each storage form; more
 * where the resources are over 1 MiB, compressed. It is the plain Secret that removes them: delete it, and the next
 * reconciliation takes the objects away.
 *
 * Needs Gardener 1.135. Works in Node only: it compresses with `node:zlib`.
 *
 * **Errors**: `Invalid`: as `toStorage`; `label-selector` and `selects-nothing` for the selector; `forms-overlap`; `name`;
 * `too-large` for a resource that no Secret holds.
 *
 * **Source**: Gardener's `docs/extensions/static-manifests.md`, `pkg/gardenlet/operation/botanist/resources.go`.
 *
 * @example
 * const shootSelector = { matchLabels: { environment: 'live' } }
 * toStaticManifest([globalNetworkPolicy('deny-all').denyIngress()], { name: 'guardrails', shootSelector, calico: '3.31.6' })
 * // => Right, with one Secret
 */
export const toStaticManifest = (
  resources: ReadonlyArray<unknown>,
  options: StaticManifestOptions,
): E.Either<Invalid, ReadonlyArray<KubeObject>> => {
  const { name, owner } = options
  const forms = formsOf(options)
  if (forms.length === 0) {
    const hint = 'name the Shoots and the release of Calico that they run'
    return E.left(invalid([{ rule: 'required', path: ['forms'], message: 'there is no form', hint }]))
  }
  const named = unlessIssues(nameIssues('name', name, longestName), name)
  if (E.isLeft(named)) return named
  const selectors = selectorsOf(forms)
  if (E.isLeft(selectors)) return selectors
  const apart = unlessIssues([...overlaps(forms), ...twiceIssues(forms)], forms)
  if (E.isLeft(apart)) return apart
  const marked = owner === undefined ? {} : { owner }
  const secretsOf = ({ calico, shootSelector }: ShootForm): E.Either<Invalid, ReadonlyArray<KubeObject>> =>
    E.chain((objects: ReadonlyArray<StoredObject>) =>
      toSecrets(objects, {
        name: forms.length === 1 ? name : `${name}-3-${minorOf(calico)}`,
        namespace,
        labels: purpose,
        annotations: shootSelector === 'all' ? {} : { [selectorAnnotation]: JSON.stringify(shootSelector) },
        ...marked,
      }),
    )(toStorage(resources, { calico, ...marked }))
  return E.map((made: ReadonlyArray<ReadonlyArray<KubeObject>>) => made.flat())(
    E.traverseArray(secretsOf)(forms),
  )
}
