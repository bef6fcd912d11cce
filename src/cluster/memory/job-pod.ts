import type { KubeObject } from '../port.js'
import { completions, failedIndexes, indexOf, type JobView, podsThat } from './job.js'

import { array, record } from './strategy.js'

const indexKey = 'batch.kubernetes.io/job-completion-index'

/** For each pod to create now, the index that it works at; undefined in a Job without indexes. */
export const missingPods = (view: JobView): ReadonlyArray<number | undefined> => {
  const { spec } = view
  const { parallelism = 1, completions: total = parallelism } = spec
  const active = podsThat(view, 'active')
  const done = completions(view)
  const given = failedIndexes(view)
  const room = Math.max(0, Math.min(parallelism, total - done.length - given.length) - active.length)
  if (spec.completionMode !== 'Indexed') return Array.from({ length: room }, () => undefined)
  const taken = new Set([...[...active, ...done].map(indexOf), ...given])
  const free = Array.from({ length: total }, (_, index) => index).filter((index) => !taken.has(index))
  return free.slice(0, room)
}

const withIndex = (container: unknown): unknown => {
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.annotations['${indexKey}']` }
  return {
    ...record(container),
    env: [...array(record(container).env), { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef } }],
  }
}

/** The pod that a Job makes from its template. */
export const podOf = ({ job, spec }: JobView, index: number | undefined): KubeObject => {
  const { name, namespace = 'default', uid = '' } = job.metadata
  const { labels = {}, annotations = {} } = spec.template.metadata ?? {}
  const marks = index === undefined ? {} : { [indexKey]: String(index) }
  const template = record(record(record(job.spec).template).spec)
  const containers = array(template.containers).map(withIndex)
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: '',
      generateName: `${name}-${index === undefined ? '' : `${index}-`}`,
      namespace,
      labels: { ...labels, ...marks },
      annotations: { ...annotations, ...marks },
      ownerReferences: [
        { apiVersion: 'batch/v1', kind: 'Job', name, uid, controller: true, blockOwnerDeletion: true },
      ],
    },
    spec: index === undefined ? template : { ...template, containers },
  }
}
