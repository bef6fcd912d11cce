import { isPlain, type Plain } from '../../model/codec/json.js'
import type { RecordedFlow } from './recorded-flow.js'

/** What a record comes to: a flow, or why there is none in it. */
export type ReadRecord =
  | { readonly _tag: 'Flow'; readonly flow: RecordedFlow }
  | { readonly _tag: 'Skipped'; readonly why: string }
  | { readonly _tag: 'Wrong'; readonly message: string; readonly hint: string }

export const flowOf = (flow: RecordedFlow): ReadRecord => ({ _tag: 'Flow', flow })
export const skipped = (why: string): ReadRecord => ({ _tag: 'Skipped', why })
export const wrong = (message: string, hint: string): ReadRecord => ({ _tag: 'Wrong', message, hint })

/** Fields of an object by their names in snake_case, however they are written: protobuf's JSON has two ways. */
export const fields = (value: unknown): ((name: string) => unknown) => {
  const object: Plain = isPlain(value) ? value : {}
  return (name) =>
    object[name] ?? object[name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())]
}

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** A number, also as a text: protobuf's JSON writes long ones so. */
const number = (value: unknown): number | undefined => {
  const found = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof found === 'number' && Number.isSafeInteger(found) ? found : undefined
}

/** Of 1 to 65535; protocols without ports have 0. */
export const portOf = (value: unknown): { readonly port?: number } => {
  const port = number(value)
  return port === undefined || port < 1 || port > 65535 ? {} : { port }
}

/** `a=b` texts as labels; what Cilium puts before its own (`k8s:`) is left out. */
export const labelsOf = (texts: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (Array.isArray(texts) ? texts : [])
      .filter((it): it is string => typeof it === 'string' && it.includes('='))
      .map((it) => {
        const at = it.indexOf('=')
        return [it.slice(0, at).replace(/^k8s:/, ''), it.slice(at + 1)]
      }),
  )
