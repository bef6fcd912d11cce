import type { KubeObject } from '../../port.js'
import { array, record } from '../kinds/json.js'
import { PodSpec, typeErrors } from '../kinds/pod-spec.js'
import { type Strategy, unchanged } from '../kinds/strategy.js'

/** On the host's network, ports are the host's. */
const hostPort = (port: unknown): unknown => ({ hostPort: record(port).containerPort, ...record(port) })

const container = (value: unknown, onHost: boolean): unknown => {
  const given = record(value)
  const image = String(given.image ?? '')
  const latest = /:latest$/.test(image) || !/[:@][^/]*$/.test(image)
  return {
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: latest ? 'Always' : 'IfNotPresent',
    resources: {},
    ...given,
    ...(onHost && given.ports !== undefined ? { ports: array(given.ports).map(hostPort) } : {}),
  }
}

const volume = (value: unknown): unknown => {
  const given = record(value)
  return given.configMap === undefined
    ? given
    : { ...given, configMap: { defaultMode: 420, ...record(given.configMap) } }
}

/** What the API server fills into a pod, or into the template of one. */
export const defaultPodSpec = (value: unknown): Readonly<Record<string, unknown>> => {
  const given = record(value)
  const { volumes, serviceAccountName } = given
  return {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    securityContext: {},
    ...given,
    ...(serviceAccountName === undefined ? {} : { serviceAccount: serviceAccountName }),
    ...(volumes === undefined ? {} : { volumes: array(volumes).map(volume) }),
    containers: array(given.containers).map((one) => container(one, given.hostNetwork === true)),
  }
}

const tolerations = ['not-ready', 'unreachable'].map((condition) => ({
  key: `node.kubernetes.io/${condition}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}))

const withoutNode = (object: KubeObject): unknown => {
  const { nodeName: _, ...spec } = record(object.spec)
  return spec
}

export const podStrategy: Strategy = {
  defaults: (object) => {
    const spec = defaultPodSpec(object.spec)
    return {
      ...object,
      spec: {
        enableServiceLinks: true,
        serviceAccountName: 'default',
        serviceAccount: 'default',
        ...spec,
        tolerations: [
          ...array(spec.tolerations),
          ...tolerations.filter(({ key }) => !array(spec.tolerations).some((one) => record(one).key === key)),
        ],
      },
      status: { phase: 'Pending', qosClass: 'BestEffort', ...record(object.status) },
    }
  },
  validate: (object, old) => {
    const wrong = typeErrors(PodSpec, object.spec, 'spec')
    if (wrong.length > 0) return wrong
    if (array(record(object.spec).containers).length === 0) {
      return [{ field: 'spec.containers', reason: 'Required value', detail: '' }]
    }
    if (old === undefined) return []
    const changed = unchanged({ ...object, spec: withoutNode(object) }, { ...old, spec: withoutNode(old) }, [
      'spec',
    ])
    const detail = 'pod updates may not change fields other than `spec.containers[*].image`'
    return changed.map((error) => ({ ...error, detail }))
  },
}
