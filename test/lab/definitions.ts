import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { source } from './place.js'

type Json = string | number | boolean | null | ReadonlyArray<Json> | Schema

interface Schema {
  readonly [field: string]: Json
}

interface Definition {
  readonly spec: {
    readonly scope: 'Namespaced' | 'Cluster'
    readonly names: { readonly kind: string; readonly plural: string }
    readonly versions: ReadonlyArray<{ readonly schema: { readonly openAPIV3Schema: Schema } }>
  }
}

interface Kind {
  readonly kind: string
  readonly plural: string
  readonly scope: 'Namespaced' | 'Cluster'
  readonly schema: Schema
}

interface Since {
  readonly of: ReadonlyArray<string>
  readonly has: Schema
}

const group = 'projectcalico.org'
const object: Schema = { type: 'object', properties: { spec: { type: 'object' } } }

const isSchema = (value: Json | undefined): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const merge = (old: Schema, more: Schema): Schema => {
  const merged = Object.entries(more).map(([field, value]) => {
    const there = old[field]
    return [field, isSchema(value) && isSchema(there) ? merge(there, value) : value] as const
  })
  return { ...old, ...Object.fromEntries(merged) }
}

/** Calico 3.28.5's kinds, and those that have come since: tiers, and policies that are staged. */
const kindsOf = (definitions: ReadonlyArray<Definition>): ReadonlyArray<Kind> => {
  const there = definitions.map(({ spec: { names, scope, versions } }) => ({
    kind: names.kind,
    plural: names.plural,
    scope,
    schema: versions[0]?.schema.openAPIV3Schema ?? object,
  }))
  const staged = there
    .filter(({ kind }) => kind.endsWith('NetworkPolicy'))
    .map((policy) => ({ ...policy, kind: `Staged${policy.kind}`, plural: `staged${policy.plural}` }))
  const kubernetes = 'StagedKubernetesNetworkPolicy'
  return [
    ...there,
    ...staged,
    { kind: kubernetes, plural: 'stagedkubernetesnetworkpolicies', scope: 'Namespaced', schema: object },
    { kind: 'Tier', plural: 'tiers', scope: 'Cluster', schema: object },
  ]
}

const definition = ({ kind, plural, scope, schema }: Kind): object => {
  const status = isSchema(schema.properties) && 'status' in schema.properties
  const version = { name: 'v3', served: true, storage: true, schema: { openAPIV3Schema: schema } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [status ? { ...version, subresources: { status: {} } } : version],
    },
  }
}

/** The definitions of native mode, from a folder with those of 3.28.5 and from what `native/definitions.yaml` says. */
export const nativeDefinitions = async (folder: string): Promise<ReadonlyArray<object>> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'))
  const read = async (file: string) => parse(await readFile(file, 'utf8'), { maxAliasCount: -1 })
  const old: ReadonlyArray<Definition> = await Promise.all(files.map((file) => read(join(folder, file))))
  const since: ReadonlyArray<Since> = await read(join(source, 'native/definitions.yaml'))
  return kindsOf(old).map((it) => {
    const more = since.filter(({ of }) => of.includes(it.kind)).map(({ has }) => has)
    return definition({ ...it, schema: more.reduce(merge, it.schema) })
  })
}
