import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../cluster/port.js'
import { placed } from './action.js'
import { type Call, failed, type Printed } from './call.js'
import type { Failure } from './failure.js'
import { calicoApiVersion, kindNamed } from './kind.js'
import { printGet } from './print.js'
import { mismatch } from './version.js'

type Found = E.Either<Failure, ReadonlyArray<KubeObject>>

const one = async ({ client, args }: Call, kind: string, name: string): Promise<Found> => {
  const object = placed({ apiVersion: calicoApiVersion, kind, metadata: { name } }, args)
  if (E.isLeft(object)) return object
  return E.map((found: KubeObject) => [found])(await client.get(object.right))
}

/** `calicoctl get KIND [NAME…]`. */
export const get = async (call: Call): Promise<Printed> => {
  const { client, args } = call
  const unfit = await mismatch(call)
  if (unfit !== undefined) return failed(`Failed to get resources: ${unfit}`)
  const [alias = '', ...names] = args.words
  const kind = kindNamed(alias)
  if (kind === undefined) return failed(`Failed to get resources: resource type '${alias}' is not supported`)
  const namespace = args.options.has('all-namespaces')
    ? undefined
    : (args.options.get('namespace') ?? 'default')
  const results: ReadonlyArray<Found> =
    names.length === 0
      ? [await client.list(kind, namespace)]
      : await Promise.all(names.map((name) => one(call, kind, name)))

  const found = results.flatMap((result) => (E.isRight(result) ? result.right : []))
  const failures = results.flatMap((result) => (E.isLeft(result) ? [result.left.text] : []))
  const output = args.options.get('output') ?? 'ps'
  const stdout = printGet(output, kind, found, names.length === 0)
  if (stdout === undefined) return failed(`unrecognized output format '${output}'`)
  return failures.length === 0 ? { stdout } : { stdout, error: failures.join('\n') }
}
