import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import type { Schema } from '../../src/model/codec/schema.js'
import { type Kind, kindFacts, kinds } from '../../src/model/kind.js'
import { codecs } from '../../src/model/resource.js'
import { type CrdSchema, differences } from './crd.js'
import { jsonNames } from './go-struct.js'

/**
 * Our fields against those of Calico 3.28.5, read off the Go module that the oracle is built from. Without Go the
 * module cannot be found, and the comparison is skipped; on CI that is a failure.
 */
const drift = suite('model against Calico 3.28')
const calico = 28

const isKnown = (since: string | undefined): boolean =>
  since === undefined || Number(since.split('.')[1]) <= calico

const zero = 'calicoctl writes the zero value where nothing is given'
const otherApi =
  "the oracle's module github.com/projectcalico/api is of another day than the CRDs; calicoctl goes by it"
const version1 = 'of version 1 of the API: must not be set'
const felix = 'FelixConfiguration.spec'
const optional = 'optional, in the CRD the other way'

/** Every difference that there may be, and why. */
const explained: Readonly<Record<string, string>> = {
  'IPPool.spec.ipip: only in the CRD': version1,
  'IPPool.spec.nat-outgoing: only in the CRD': version1,
  [`${felix}.goGCThreshold: not in the CRD`]: otherApi,
  [`${felix}.goMemoryLimitMB: not in the CRD`]: otherApi,
  [`${felix}.wireguardThreadingEnabled: in the CRD, though it is since 3.29`]: otherApi,
  [`${felix}.failsafeInboundHostPorts[].protocol: ${optional}`]: zero,
  [`${felix}.failsafeInboundHostPorts[].port: ${optional}`]: zero,
  [`${felix}.failsafeOutboundHostPorts[].protocol: ${optional}`]: zero,
  [`${felix}.failsafeOutboundHostPorts[].port: ${optional}`]: zero,
  [`${felix}.routeTableRanges[].min: ${optional}`]: zero,
  [`${felix}.routeTableRanges[].max: ${optional}`]: zero,
  [`${felix}.routeTableRange.min: ${optional}`]: zero,
  [`${felix}.routeTableRange.max: ${optional}`]: zero,
  [`${felix}.healthTimeoutOverrides[].name: ${optional}`]: zero,
  [`${felix}.healthTimeoutOverrides[].timeout: ${optional}`]: zero,
}

const oracle = fileURLToPath(new URL('../conformance/oracle/', import.meta.url))

const moduleFolder = (name: string): string | undefined => {
  try {
    const args = ['list', '-mod=readonly', '-m', '-f', '{{.Dir}}', name]
    return execFileSync('go', args, { cwd: oracle, encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}

interface Crd {
  readonly spec: {
    readonly names: { readonly kind: string; readonly plural: string }
    readonly scope: string
    readonly versions: readonly [{ readonly schema: { readonly openAPIV3Schema: CrdSchema } }]
  }
}

const crdOf = (folder: string, kind: Kind): Crd['spec'] => {
  const file = `crd.projectcalico.org_${kindFacts[kind].plural}.yaml`
  return (parse(readFileSync(join(folder, 'libcalico-go/config/crd', file), 'utf8')) as Crd).spec
}

const stored = kinds.filter(
  (kind) => kindFacts[kind].stored === 'crd' && isKnown(Reflect.get(kindFacts[kind], 'since')),
)

const ofKind = (folder: string, kind: Kind): ReadonlyArray<string> =>
  differences(codecs[kind].schema, crdOf(folder, kind).versions[0].schema.openAPIV3Schema, isKnown, '').map(
    (found) => `${kind}${found}`,
  )

/** The names of an object's fields that 3.28 knows, and those of all objects under it, by the object's name. */
const names = (schema: Schema): ReadonlyArray<readonly [string, ReadonlyArray<string>]> => {
  if (schema.kind === 'array') return names(schema.item)
  if (schema.kind !== 'object') return []
  const fields = Object.entries(schema.fields).filter(([, { since }]) => isKnown(since))
  return [[schema.name, fields.map(([name]) => name)], ...fields.flatMap(([, field]) => names(field.schema))]
}

const calicoFolder = moduleFolder('github.com/projectcalico/calico')
const apiFolder = moduleFolder('github.com/projectcalico/api')
if (calicoFolder === undefined || apiFolder === undefined) {
  if (process.env.CI === 'true') throw new Error("Calico's Go module is needed, and `go` cannot find it.")
  drift.skip("finds Calico's Go module")
} else {
  drift('finds the fields of every CRD, with their types', () => {
    const found = stored.flatMap((kind) => ofKind(calicoFolder, kind))
    assert.equal(
      found.filter((difference) => explained[difference] === undefined),
      [],
    )
    assert.equal(
      Object.keys(explained).filter((difference) => !found.includes(difference)),
      [],
    )
    assert.is(stored.length, 12)
  })

  drift('finds the name and the scope of every CRD', () => {
    for (const kind of stored) {
      const { names: theirs, scope } = crdOf(calicoFolder, kind)
      assert.is(theirs.kind, kind)
      assert.is(theirs.plural, kindFacts[kind].plural)
      assert.is(scope === 'Namespaced', kindFacts[kind].namespaced, kind)
    }
  })

  drift('finds the fields of the kinds that have no CRD, in the Go types', () => {
    const files = {
      Profile: join(apiFolder, 'pkg/apis/projectcalico/v3/profile.go'),
      Node: join(calicoFolder, 'libcalico-go/lib/apis/v3/node.go'),
      WorkloadEndpoint: join(calicoFolder, 'libcalico-go/lib/apis/v3/workloadendpoint.go'),
    }
    for (const [kind, file] of Object.entries(files)) {
      const structs = jsonNames(readFileSync(file, 'utf8'))
      const ours = new Map(names(codecs[kind as keyof typeof files].schema))
      const compared = [...structs].filter(([name]) => ours.has(name) && name !== kind)
      assert.ok(compared.length > 0, kind)
      for (const [name, fields] of compared)
        assert.equal([...(ours.get(name) ?? [])].sort(), [...fields].sort(), name)
    }
  })
}

drift.run()
