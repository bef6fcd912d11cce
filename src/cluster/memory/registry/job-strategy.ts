import * as t from 'io-ts'
import { record, same, strings } from '../kinds/json.js'
import { PodSpec, typeErrors } from '../kinds/pod-spec.js'
import type { FieldError } from '../kinds/refusal.js'
import { remembered } from '../kinds/remembered.js'
import type { Strategy } from '../kinds/strategy.js'
import { defaultPodSpec } from './pod-strategy.js'

const FailureRule = t.intersection([
  t.type({ action: t.string }),
  t.partial({
    onExitCodes: t.intersection([
      t.type({ operator: t.string, values: t.array(t.number) }),
      t.partial({ containerName: t.string }),
    ]),
  }),
])
export type FailureRule = t.TypeOf<typeof FailureRule>

const Spec = t.intersection([
  t.type({
    backoffLimit: t.number,
    suspend: t.boolean,
    completionMode: t.string,
    template: t.intersection([
      t.type({ spec: PodSpec }),
      t.partial({
        metadata: t.partial({
          labels: t.record(t.string, t.string),
          annotations: t.record(t.string, t.string),
        }),
      }),
    ]),
  }),
  t.partial({
    parallelism: t.number,
    completions: t.number,
    backoffLimitPerIndex: t.number,
    activeDeadlineSeconds: t.number,
    ttlSecondsAfterFinished: t.number,
    podFailurePolicy: t.type({ rules: t.array(FailureRule) }),
  }),
])
export const JobSpec = remembered(Spec)
export type JobSpec = t.TypeOf<typeof JobSpec>

/** The labels by which a Job finds its pods. */
const jobLabels = (name: string, uid: string): Readonly<Record<string, string>> => ({
  'batch.kubernetes.io/controller-uid': uid,
  'batch.kubernetes.io/job-name': name,
  'controller-uid': uid,
  'job-name': name,
})

const fixed = ['completions', 'completionMode', 'selector', 'template', 'backoffLimitPerIndex'] as const

const changes = (spec: unknown, old: unknown): ReadonlyArray<FieldError> =>
  fixed
    .filter((field) => !same(record(spec)[field], record(old)[field]))
    .map((field) => ({
      field: `spec.${field}`,
      reason: 'Invalid value',
      detail: 'core…: field is immutable',
    }))

const restartPolicy = (spec: unknown): ReadonlyArray<FieldError> => {
  const policy = record(record(record(spec).template).spec).restartPolicy
  if (policy === 'Never' || policy === 'OnFailure') return []
  const detail = `${JSON.stringify(policy)}: supported values: "OnFailure", "Never"`
  return [{ field: 'spec.template.spec.restartPolicy', reason: 'Unsupported value', detail }]
}

const negative = (spec: unknown): ReadonlyArray<FieldError> =>
  [
    'parallelism',
    'completions',
    'backoffLimit',
    'backoffLimitPerIndex',
    'activeDeadlineSeconds',
    'ttlSecondsAfterFinished',
  ].flatMap((field) => {
    const value = record(spec)[field]
    if (typeof value !== 'number' || value >= 0) return []
    const detail = `${value}: must be greater than or equal to 0`
    return [{ field: `spec.${field}`, reason: 'Invalid value', detail }]
  })

const perIndex = (spec: unknown): ReadonlyArray<FieldError> => {
  const { backoffLimitPerIndex, completionMode, completions } = record(spec)
  if (completionMode === 'Indexed') {
    if (completions !== undefined) return []
    const detail = 'when completion mode is Indexed'
    return [{ field: 'spec.completions', reason: 'Required value', detail }]
  }
  if (backoffLimitPerIndex === undefined) return []
  const detail = `${backoffLimitPerIndex}: requires indexed completion mode`
  return [{ field: 'spec.backoffLimitPerIndex', reason: 'Invalid value', detail }]
}

export const jobStrategy: Strategy = {
  defaults: (object) => {
    const { name, uid = '', labels } = object.metadata
    const spec = record(object.spec)
    const template = record(spec.template)
    const meta = record(template.metadata)
    // One completion unless the caller leaves it open by giving only the parallelism (a work queue).
    const counts = spec.completions === undefined && spec.parallelism === undefined ? { completions: 1 } : {}
    const generated = spec.selector === undefined
    const podLabels = { ...strings(meta.labels), ...(generated ? jobLabels(name, uid) : {}) }

    return {
      ...object,
      metadata: { ...object.metadata, labels: labels ?? podLabels },
      status: record(object.status),
      spec: {
        parallelism: 1,
        ...counts,
        backoffLimit: 6,
        completionMode: 'NonIndexed',
        suspend: false,
        podReplacementPolicy: 'TerminatingOrFailed',
        manualSelector: false,
        ...(generated ? { selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } } } : {}),
        ...spec,
        template: {
          ...template,
          metadata: { ...meta, labels: podLabels },
          spec: defaultPodSpec(template.spec),
        },
      },
    }
  },
  validate: (object, old) => {
    const wrong = typeErrors(JobSpec, object.spec, 'spec')
    if (wrong.length > 0) return wrong
    return [
      ...restartPolicy(object.spec),
      ...negative(object.spec),
      ...perIndex(object.spec),
      ...(old === undefined ? [] : changes(object.spec, old.spec)),
    ]
  },
}
