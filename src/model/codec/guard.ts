import { isGivenJson, isPlain } from './json.js'
import type { ObjectSchema, Schema } from './schema.js'

/** True exactly for the values in which `validate` finds nothing to say and nothing to change. */
export type Guard = (value: unknown) => boolean

type Test = (value: unknown) => boolean

/** The head of a function over an object's own keys; `n` counts those that must be there, or all where none must. */
const overKeys = (body: string, end: string): string =>
  `if(typeof v!=='object'||v===null||isArray(v))return false;let n=0;for(const k in v){if(!has.call(v,k))return false;const x=v[k];${body}}return ${end}`

/** Writes one JavaScript function for each list, map and object of a schema; equal schemas share theirs. */
const writer = () => {
  const names = new Map<Schema, string>()
  const functions: Array<string> = []
  const tests: Array<Test> = []

  const call = (test: Test, v: string): string => {
    const known = tests.indexOf(test)
    const index = known < 0 ? tests.push(test) - 1 : known
    return `t[${index}](${v})`
  }

  const scalar = (schema: Schema, v: string): string => {
    switch (schema.kind) {
      case 'string':
        return `typeof ${v}==='string'${schema.emptyIsNone ? `&&${v}!==''` : ''}`
      case 'boolean':
        return `typeof ${v}==='boolean'`
      case 'number':
        return `Number.isFinite(${v})`
      case 'integer':
        return `Number.isInteger(${v})&&${v}>=${schema.min}&&${v}<=${schema.max}`
      case 'literal':
        return schema.values.map((value) => `${v}===${JSON.stringify(value)}`).join('||') || 'false'
      case 'notation':
        return call(schema.is, v)
      default:
        return call(isGivenJson, v)
    }
  }

  const objectBody = (schema: ObjectSchema): string => {
    const cases = Object.entries(schema.fields).map(([key, { schema: field, presence }]) => {
      const count = presence === 'optional' ? '' : 'n++;'
      return `case ${JSON.stringify(key)}:if(!(${test(field, 'x')}))return false;${count}break;`
    })
    const required = Object.values(schema.fields).filter(({ presence }) => presence !== 'optional').length
    return required === 0
      ? overKeys(`n++;switch(k){${cases.join('')}default:return false}`, 'n>0||isPlain(v)')
      : overKeys(`switch(k){${cases.join('')}default:return false}`, `n===${required}`)
  }

  const body = (schema: Schema): string => {
    if (schema.kind === 'array')
      return `if(!isArray(v))return false;for(let i=0;i<v.length;i++){const x=v[i];if(!(${test(schema.item, 'x')}))return false}return true`
    if (schema.kind === 'map')
      return overKeys(`n++;if(k==='__proto__'||!(${test(schema.value, 'x')}))return false`, 'n>0||isPlain(v)')
    return schema.kind === 'object' ? objectBody(schema) : `return ${scalar(schema, 'v')}`
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

  return { test, functions, tests }
}

/**
 * The schema as one compiled predicate, or `undefined` where the host forbids it (a browser page with a strict
 * Content-Security-Policy): the codec then takes the slow path. See docs/decisions/0002-compiled-guards.md.
 */
export const compileGuard = (schema: Schema): Guard | undefined => {
  const { test, functions, tests } = writer()
  const entry = test(schema, 'value')
  const source = `'use strict';const isArray=Array.isArray,has=Object.prototype.hasOwnProperty;${functions.join('')}return function(value){return ${entry}}`
  try {
    return new Function('t', 'isPlain', source)(tests, isPlain) as Guard
  } catch {
    return undefined
  }
}
