import * as E from 'fp-ts/lib/Either.js'
import type { RunnerOptions } from '../../runner/options.js'
import type { WrittenOptions } from '../../runner/options-codec.js'
import { type BadUsage, badUsage } from '../failure.js'
import type { ClusterOptions, PodOptions } from './option-group.js'

type Given = ClusterOptions & PodOptions

/** Without the fields that are undefined: they would hide those of the file. */
const defined = <A extends object>(value: A): { [K in keyof A]?: Exclude<A[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [K in keyof A]?: Exclude<A[K], undefined>
  }

type Transport = NonNullable<RunnerOptions['transport']>

/** A calicoctl that is named is meant to be run. */
const transportOf = ({ transport, calicoctl }: Given): E.Either<BadUsage, Transport | undefined> => {
  if (transport === 'local' || (transport === undefined && calicoctl !== undefined)) {
    return E.right({ calicoctl: calicoctl ?? 'calicoctl' })
  }
  return calicoctl === undefined
    ? E.right(transport)
    : E.left(badUsage('--calicoctl works only with --transport local', 'use one of the two options'))
}

/** The owner of the command line, then that of the file. An empty variable is as good as none. */
export const ownerFrom = (
  given: string | undefined,
  file: string | undefined,
): E.Either<BadUsage, string> => {
  const owner = given === '' ? file : (given ?? file)
  if (owner !== undefined) return E.right(owner)
  const hint =
    'name the owner of the resources: --owner NAME, TYPED_CALICO_OWNER, or `owner` in the settings file'
  return E.left(badUsage('--owner is required', hint))
}

/** The Runner's options but for the cluster: those of the command line, then those of the file. */
export const mergeSettings = (
  given: Given,
  file: WrittenOptions,
): E.Either<BadUsage, Omit<RunnerOptions, 'cluster'>> => {
  const owner = ownerFrom(given.owner, file.owner)
  if (E.isLeft(owner)) return owner
  const transport = transportOf(given)
  if (E.isLeft(transport)) return transport
  const image = defined({ name: given.image, pullPolicy: given.pullPolicy })
  const pod = defined({ imagePullSecrets: given.pullSecret, hostNetwork: given.hostNetwork })
  const { serviceAccount } = given
  return E.right({
    ...file,
    ...defined({
      namespace: given.namespace,
      transport: transport.right,
      timeoutMs: given.timeout,
      lockout: given.lockout,
      ttlSeconds: given.ttl,
      rbac: serviceAccount === undefined ? undefined : { serviceAccount },
    }),
    image: { ...file.image, ...image },
    pod: { ...file.pod, ...pod },
    owner: owner.right,
  })
}
