import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../cluster/port.js'
import { placed } from './action.js'
import { type Call, failed, type Printed, worded } from './call.js'
import type { Failure } from './failure.js'
import { calicoApiVersion, kindNamed } from './kind.js'
import { printGet, type Shown } from './print.js'
import { mismatch } from './version.js'

interface Found {
  readonly shown: Shown
  readonly failures: ReadonlyArray<string>
}

const all = async ({ client, args: { options } }: Call, kind: string): Promise<Found> => {
  const namespace = options.has('all-namespaces') ? undefined : (options.get('namespace') ?? 'default')
  const list = await client.list(kind, namespace)
  return E.isLeft(list)
    ? { shown: [], failures: [list.left.text] }
    : { shown: { kind, ...list.right }, failures: [] }
}

const named = async ({ client, args }: Call, kind: string, names: ReadonlyArray<string>): Promise<Found> => {
  const results: Array<E.Either<Failure, KubeObject>> = []
  for (const name of names) {
    const object = placed({ apiVersion: calicoApiVersion, kind, metadata: { name } }, args)
    results.push(E.isLeft(object) ? object : await client.get(object.right))
  }
  return {
    shown: results.flatMap((result) => (E.isRight(result) ? [result.right] : [])),
    failures: results.flatMap((result) => (E.isLeft(result) ? [result.left.text] : [])),
  }
}

/** `calicoctl get KIND [NAME…]`. */
export const get = async (call: Call): Promise<Printed> => {
  const { words, options } = call.args
  const output = options.get('output') ?? 'ps'
  if (printGet(output, []) === undefined) return failed(`unrecognized output format '${output}'`)
  const unfit = await mismatch(call)
  if (unfit !== undefined) return failed(worded(call.version, `Failed to get resources: ${unfit}`))
  const [alias = '', ...names] = words
  const kind = kindNamed(alias)
  if (kind === undefined)
    return failed(worded(call.version, `Failed to get resources: resource type '${alias}' is not supported`))
  const { shown, failures } = names.length === 0 ? await all(call, kind) : await named(call, kind, names)
  const stdout = printGet(output, shown) ?? ''
  return failures.length === 0 ? { stdout } : { stdout, error: failures.join('\n') }
}
