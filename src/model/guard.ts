import type { ObjectSchema, Schema } from './schema.js'

/** True only for values that the schema takes as they are; may be false for one that `validate` still accepts. */
export type Guard = (value: unknown) => boolean

const scalar = (schema: Schema, v: string): string => {
  switch (schema.kind) {
    case 'string':
    case 'boolean':
      return `typeof ${v}==='${schema.kind}'`
    case 'number':
      return `Number.isFinite(${v})`
    case 'integer':
      return `Number.isSafeInteger(${v})`
    case 'literal':
      return schema.values.map((value) => `${v}===${JSON.stringify(value)}`).join('||')
    case 'anyOf':
      return schema.members.map((member) => `(${scalar(member, v)})`).join('||')
    default:
      return 'false'
  }
}

const isMap = "typeof v==='object'&&v!==null&&!Array.isArray(v)"

/** Writes one JavaScript function for each list, map and object of a schema; equal schemas share theirs. */
const writer = () => {
  const names = new Map<Schema, string>()
  const functions: Array<string> = []

  const body = (schema: Schema): string => {
    if (schema.kind === 'array') {
      return `if(!Array.isArray(v))return false;for(let i=0;i<v.length;i++){const x=v[i];if(!(${test(schema.item, 'x')}))return false}return true`
    }
    if (schema.kind === 'map') {
      return `if(!(${isMap}))return false;for(const k in v){if(k==='__proto__')return false;const x=v[k];if(!(${test(schema.value, 'x')}))return false}return true`
    }
    return schema.kind === 'object' ? objectBody(schema) : `return ${scalar(schema, 'v')}`
  }

  const objectBody = (schema: ObjectSchema): string => {
    const cases = Object.entries(schema.fields).map(
      ([key, field]) =>
        `case ${JSON.stringify(key)}:if(!(${test(field.schema, 'x')}))return false;${field.required ? 'n++;' : ''}break;`,
    )
    const required = Object.values(schema.fields).filter((field) => field.required).length
    return `if(!(${isMap}))return false;let n=0;for(const k in v){const x=v[k];switch(k){${cases.join('')}default:return false}}return n===${required}`
  }

  const test = (schema: Schema, v: string): string => {
    if (schema.kind !== 'object' && schema.kind !== 'array' && schema.kind !== 'map') return scalar(schema, v)
    const known = names.get(schema)
    if (known !== undefined) return `${known}(${v})`
    const name = `g${names.size}`
    names.set(schema, name)
    functions.push(`function ${name}(v){${body(schema)}}`)
    return `${name}(${v})`
  }

  return { test, functions }
}

/**
 * The schema as one compiled predicate, or `undefined` where the host forbids it (a browser page with a strict
 * Content-Security-Policy): the codec then takes the slow path. See docs/decisions/0002-compiled-guards.md.
 */
export const compileGuard = (schema: Schema): Guard | undefined => {
  const { test, functions } = writer()
  const entry = test(schema, 'value')
  try {
    return new Function('value', `'use strict';${functions.join('')}return ${entry}`) as Guard
  } catch {
    return undefined
  }
}
