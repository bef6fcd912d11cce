import type { PodSettings } from '../options.js'
import { ownerLabel, runLabel } from '../state/owner-labels.js'

/** A namespace that Gardener locks: pods there say what they need. */
const gardenerLabels = {
  'networking.gardener.cloud/to-apiserver': 'allowed',
  'networking.gardener.cloud/to-dns': 'allowed',
}

export interface LabelledPod {
  readonly owner: string
  readonly run: string
  readonly namespace: string
  readonly pod: PodSettings
}

/** The labels that the Runner gives to its pods: what policies select them by. */
export const podLabels = ({ owner, run, namespace, pod }: LabelledPod): Readonly<Record<string, string>> => ({
  'sidecar.istio.io/inject': 'false',
  ...(namespace === 'kube-system' ? gardenerLabels : {}),
  ...pod.labels,
  [ownerLabel]: owner,
  [runLabel]: run,
  'app.kubernetes.io/managed-by': 'typed-calico',
})

/** Those that Kubernetes adds for the Job; their values are known when it runs. */
export const jobLabels = (indexed: boolean): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...['job-name', 'controller-uid'].flatMap((key) => [
      [key, 'unknown'],
      [`batch.kubernetes.io/${key}`, 'unknown'],
    ]),
    ...(indexed ? [['batch.kubernetes.io/job-completion-index', '0']] : []),
  ])
