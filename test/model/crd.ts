import { describe, type Schema } from '../../src/model/codec/schema.js'

/** What a CRD says of one value: as much of OpenAPI as Calico's use. */
export interface CrdSchema {
  readonly type?: string
  readonly enum?: ReadonlyArray<string | number>
  readonly properties?: Readonly<Record<string, CrdSchema>>
  readonly additionalProperties?: CrdSchema
  readonly items?: CrdSchema
  readonly required?: ReadonlyArray<string>
  readonly 'x-kubernetes-int-or-string'?: boolean
}

/** The type of a value in the words of JSON Schema. */
export const typeOf = (schema: Schema): string => {
  switch (schema.kind) {
    case 'literal':
      return typeof schema.values[0] === 'number' ? 'integer' : 'string'
    case 'notation':
      return schema.json
    case 'map':
      return 'object'
    default:
      return schema.kind
  }
}

const crdType = (crd: CrdSchema): string =>
  crd['x-kubernetes-int-or-string'] === true ? 'integer-or-string' : (crd.type ?? 'anything')

const valuesOf = (
  schema: Schema,
  isKnown: (since: string | undefined) => boolean,
): ReadonlyArray<string | number> =>
  schema.kind === 'literal' ? schema.values.filter((value) => isKnown(schema.since?.[String(value)])) : []

const listed = (values: ReadonlyArray<string | number>): string => [...values].sort().join('|')

/** Fields of any resource, which a CRD leaves to Kubernetes. */
const kubernetes: ReadonlyArray<string> = ['.apiVersion', '.kind', '.metadata']

/**
 * Where a schema of ours and a CRD say different things, as `place: difference`. Fields and values that are newer than
 * the CRD's release must not be in it.
 */
export const differences = (
  ours: Schema,
  crd: CrdSchema,
  isKnown: (since: string | undefined) => boolean,
  place: string,
): ReadonlyArray<string> => {
  if (typeOf(ours) !== crdType(crd)) return [`${place}: ${describe(ours)}, in the CRD ${crdType(crd)}`]
  if (crd.enum !== undefined && listed(valuesOf(ours, isKnown)) !== listed(crd.enum)) {
    return [`${place}: ${describe(ours)}, in the CRD ${crd.enum.join('|')}`]
  }
  if (ours.kind === 'array') return differences(ours.item, crd.items ?? {}, isKnown, `${place}[]`)
  if (ours.kind === 'map')
    return differences(ours.value, crd.additionalProperties ?? {}, isKnown, `${place}{}`)
  if (ours.kind !== 'object') return []
  const { properties = {}, required = [] } = crd
  const fields = Object.entries(ours.fields).filter(([name]) => !kubernetes.includes(`${place}.${name}`))
  return [
    ...fields.flatMap(([name, field]) => {
      const theirs = Object.hasOwn(properties, name) ? properties[name] : undefined
      const at = `${place}.${name}`
      if (theirs === undefined) return isKnown(field.since) ? [`${at}: not in the CRD`] : []
      if (!isKnown(field.since)) return [`${at}: in the CRD, though it is since ${field.since}`]
      const isNeeded =
        (field.presence !== 'optional') === required.includes(name) || field.presence === 'orEmpty'
      return [
        ...(isNeeded ? [] : [`${at}: ${field.presence}, in the CRD the other way`]),
        ...differences(field.schema, theirs, isKnown, at),
      ]
    }),
    ...Object.keys(properties)
      .filter((name) => !Object.hasOwn(ours.fields, name))
      .map((name) => `${place}.${name}: only in the CRD`),
  ]
}
