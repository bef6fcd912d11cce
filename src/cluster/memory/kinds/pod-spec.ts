import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { FieldError } from './refusal.js'
import { remembered } from './remembered.js'

const KeyToPath = t.type({ key: t.string, path: t.string })
const ConfigMapSource = t.partial({ name: t.string, optional: t.boolean, items: t.array(KeyToPath) })
const SecretSource = t.partial({ secretName: t.string, optional: t.boolean, items: t.array(KeyToPath) })

const Projected = remembered(
  t.partial({
    sources: t.array(
      t.partial({
        configMap: ConfigMapSource,
        secret: ConfigMapSource,
        serviceAccountToken: t.type({ path: t.string }),
      }),
    ),
  }),
)

const Volume = t.intersection([
  t.type({ name: t.string }),
  t.partial({
    configMap: ConfigMapSource,
    secret: SecretSource,
    projected: Projected,
    hostPath: t.unknown,
    nfs: t.unknown,
  }),
])

const EnvVar = t.intersection([
  t.type({ name: t.string }),
  t.partial({
    value: t.string,
    valueFrom: t.partial({
      fieldRef: t.type({ fieldPath: t.string }),
      configMapKeyRef: t.intersection([
        t.type({ name: t.string, key: t.string }),
        t.partial({ optional: t.boolean }),
      ]),
    }),
  }),
])

const SeccompProfile = t.type({ type: t.string })

const SecurityContext = t.partial({
  privileged: t.boolean,
  allowPrivilegeEscalation: t.boolean,
  readOnlyRootFilesystem: t.boolean,
  runAsNonRoot: t.boolean,
  runAsUser: t.number,
  seccompProfile: SeccompProfile,
  capabilities: t.partial({ add: t.array(t.string), drop: t.array(t.string) }),
})

const Container = t.intersection([
  t.type({ name: t.string, image: t.string }),
  t.partial({
    command: t.array(t.string),
    args: t.array(t.string),
    env: t.array(EnvVar),
    volumeMounts: t.array(
      t.intersection([
        t.type({ name: t.string, mountPath: t.string }),
        t.partial({ subPath: t.string, subPathExpr: t.string }),
      ]),
    ),
    ports: t.array(t.partial({ hostPort: t.number })),
    securityContext: SecurityContext,
    terminationMessagePolicy: t.string,
    resources: t.partial({ requests: t.record(t.string, t.union([t.string, t.number])) }),
  }),
])

const Toleration = t.partial({ key: t.string, operator: t.string, value: t.string, effect: t.string })

const Spec = t.intersection([
  t.type({ containers: t.array(Container) }),
  t.partial({
    initContainers: t.array(Container),
    volumes: t.array(Volume),
    serviceAccountName: t.string,
    automountServiceAccountToken: t.boolean,
    restartPolicy: t.string,
    nodeName: t.string,
    nodeSelector: t.record(t.string, t.string),
    tolerations: t.array(Toleration),
    securityContext: t.partial({
      runAsNonRoot: t.boolean,
      runAsUser: t.number,
      seccompProfile: SeccompProfile,
    }),
    hostNetwork: t.boolean,
    hostPID: t.boolean,
    hostIPC: t.boolean,
    activeDeadlineSeconds: t.number,
  }),
])

export const PodSpec = remembered(Spec)
export type PodSpec = t.TypeOf<typeof PodSpec>
export type Container = t.TypeOf<typeof Container>
export type Volume = t.TypeOf<typeof Volume>
export type Toleration = t.TypeOf<typeof Toleration>
export type ConfigMapSource = t.TypeOf<typeof ConfigMapSource>

/** The fields that are missing or of the wrong type. */
export const typeErrors = (codec: t.Mixed, value: unknown, at: string): ReadonlyArray<FieldError> => {
  const decoded = codec.decode(value)
  if (E.isRight(decoded)) return []
  return decoded.left.slice(0, 5).map(({ context, value }) => ({
    field: [at, ...context.map(({ key }) => key).filter((key) => !/^\d*$/.test(key))].join('.'),
    reason: value === undefined ? 'Required value' : 'Invalid value',
    detail: value === undefined ? '' : `${typeof value}: of the wrong type`,
  }))
}
