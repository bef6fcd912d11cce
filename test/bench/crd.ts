import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'

type Schema = Readonly<Record<string, unknown>>
interface Crd {
  readonly spec: {
    readonly versions: ReadonlyArray<{ readonly schema: { readonly openAPIV3Schema: Schema } }>
  }
}

const oracle = fileURLToPath(new URL('../conformance/oracle/', import.meta.url))

const moduleFolder = (): string =>
  execFileSync('go', ['list', '-m', '-f', '{{.Dir}}', 'github.com/projectcalico/calico'], { cwd: oracle })
    .toString()
    .trim()

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** JSON Schema of a CRD's, with every object closed; Kubernetes' own extensions left out. */
const close = (schema: Schema): Schema => {
  const { properties, items, additionalProperties, ...rest } = schema
  const kept = Object.entries(rest).filter(([key]) => !/^(description|format|x-kubernetes-.*)$/.test(key))
  const intOrString = schema['x-kubernetes-int-or-string'] === true
  return {
    ...(intOrString
      ? { anyOf: [{ type: 'integer' }, { type: 'string' }] }
      : Object.fromEntries(kept.filter(([key]) => key !== 'anyOf'))),
    ...(isSchema(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([key, value]) => [key, isSchema(value) ? close(value) : value]),
          ),
          additionalProperties: false,
        }
      : {}),
    ...(isSchema(items) ? { items: close(items) } : {}),
    ...(isSchema(additionalProperties) ? { additionalProperties: close(additionalProperties) } : {}),
  }
}

const strings = { type: 'object', additionalProperties: { type: 'string' } }

const metadata = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    namespace: { type: 'string' },
    labels: strings,
    annotations: strings,
  },
  required: ['name'],
  additionalProperties: false,
}

/** The schema of a kind's CRD in the Calico module, closed, with the metadata that the benchmark's policies have. */
export const closedCrd = (plural: string): Schema => {
  const path = join(moduleFolder(), 'libcalico-go/config/crd', `crd.projectcalico.org_${plural}.yaml`)
  const crd = load(readFileSync(path, 'utf8')) as Crd
  const schema = close(crd.spec.versions[0]?.schema.openAPIV3Schema ?? {})
  return { ...schema, properties: { ...(schema.properties as Schema), metadata } }
}
