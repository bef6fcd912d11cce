import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { clientsOf } from './clients.js'
import { mutatingAdmission, type Release } from './kubernetes.js'
import { type Place, source } from './place.js'
import { until } from './ready.js'
import type { Record } from './record.js'

/** The release that a lab in native mode says to have. */
export const nativeVersion = '3.32.1'

interface Schema {
  readonly [field: string]: unknown
  readonly properties?: { readonly [field: string]: Schema }
}

interface Definition {
  readonly metadata: { readonly name: string }
  readonly spec: {
    readonly group: string
    readonly scope: string
    readonly names: { readonly kind: string; readonly plural: string }
    readonly versions: ReadonlyArray<{ readonly schema: { readonly openAPIV3Schema: Schema } }>
  }
}

const group = 'projectcalico.org'
const open: Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }

/** With these fields, too, in `spec`. */
const withFields = (schema: Schema, fields: { readonly [field: string]: Schema }): Schema => {
  const spec = schema.properties?.spec ?? open
  const more = { ...spec, properties: { ...spec.properties, ...fields } }
  return { ...schema, properties: { ...schema.properties, spec: more } }
}

const definition = (kind: string, plural: string, scope: string, schema: Schema) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.${group}` },
  spec: {
    group,
    scope,
    names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
    versions: [{ name: 'v3', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
  },
})

const tier: Schema = { type: 'string', default: 'default' }
const tierSpec: Schema = {
  type: 'object',
  properties: {
    order: { type: 'number' },
    defaultAction: { type: 'string', enum: ['Pass', 'Deny'], default: 'Deny' },
  },
}

/** Those of Calico 3.28.5 in the group of its API, and what has come since: tiers, and policies that are staged. */
const nativeDefinitions = (definitions: ReadonlyArray<Definition>): ReadonlyArray<object> => [
  ...definitions.flatMap(({ spec: { names, scope, versions } }) => {
    const schema = versions[0]?.schema.openAPIV3Schema ?? open
    if (!names.kind.endsWith('NetworkPolicy')) return [definition(names.kind, names.plural, scope, schema)]
    const tiered = withFields(schema, { tier })
    const staged = withFields(tiered, { stagedAction: { type: 'string', default: 'Set' } })
    return [
      definition(names.kind, names.plural, scope, tiered),
      definition(`Staged${names.kind}`, `staged${names.plural}`, scope, staged),
    ]
  }),
  definition('StagedKubernetesNetworkPolicy', 'stagedkubernetesnetworkpolicies', 'Namespaced', open),
  definition('Tier', 'tiers', 'Cluster', { type: 'object', properties: { spec: tierSpec } }),
]

const read = async (folder: string): Promise<ReadonlyArray<Definition>> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'))
  return Promise.all(files.map(async (file) => parse(await readFile(join(folder, file), 'utf8'))))
}

const resource = (kind: string, name: string, spec: object) => ({
  apiVersion: `${group}/v3`,
  kind,
  metadata: { name },
  spec,
})

const first = [
  resource('ClusterInformation', 'default', { calicoVersion: `v${nativeVersion}`, datastoreReady: true }),
  resource('Tier', 'default', { order: 1_000_000 }),
  resource('Tier', 'kube-admin', { order: 1_000, defaultAction: 'Pass' }),
  resource('Tier', 'kube-baseline', { order: 10_000_000, defaultAction: 'Pass' }),
]

const listOf = (items: ReadonlyArray<object>): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items })

/**
 * Takes `crd.projectcalico.org` out of a lab that is up, and puts `projectcalico.org/v3` in its place, as Calico's native
 * mode has it. No Calico reads that here: what is real is Kubernetes' API server.
 */
export const goNative = async (place: Place, record: Record, release: Release): Promise<void> => {
  const { kubectl } = clientsOf(place, record)
  const crd = join(record.folders.manifests, 'crd')
  const must = async (args: ReadonlyArray<string>, stdin?: string): Promise<void> => {
    const { code, stderr } = await kubectl(args, stdin)
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`)
  }
  await must(['delete', '-f', crd])
  await must(['create', '-f', '-'], listOf(nativeDefinitions(await read(crd))))
  const admission = await readFile(join(source, 'native/admission.yaml'), 'utf8')
  await must(['create', '-f', '-'], admission.replaceAll('MUTATING', mutatingAdmission(release) ?? ''))

  const wait = (fact: string, look: () => Promise<boolean>) => until(place, fact, 'kube-apiserver', look)
  const says = async (word: string, args: ReadonlyArray<string>, stdin?: string): Promise<boolean> => {
    const { stdout, stderr } = await kubectl([...args, '--dry-run=server'], stdin)
    return (stdout + stderr).includes(word)
  }
  const any = JSON.stringify(resource('GlobalNetworkPolicy', 'any', {}))
  await wait('Calico is native', async () => {
    const { code } = await kubectl(['apply', '-f', '-'], listOf(first))
    return code === 0
  })
  await wait('its tiers are guarded', () => says('cannot be deleted', ['delete', 'tier', 'default']))
  await wait('its policies are filled in', () =>
    says(`${group}/tier`, ['create', '-o', 'json', '-f', '-'], any),
  )
}
