import type { KubeObject } from '../../../src/cluster/port.js'
import { jobs, object, type World } from '../contract-ground.js'

export const restricted = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  runAsUser: 65534,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
}

/** A Job that runs one busybox command. */
export const job = (
  { namespace, busybox }: World,
  name: string,
  command: ReadonlyArray<string>,
  { spec = {}, pod = {}, container = {} }: Readonly<Record<string, object>> = {},
): KubeObject =>
  object(jobs, name, namespace, {
    spec: {
      backoffLimit: 0,
      ...spec,
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: 0,
          ...pod,
          containers: [
            {
              name: 'main',
              image: busybox,
              imagePullPolicy: 'IfNotPresent',
              command,
              securityContext: restricted,
              ...container,
            },
          ],
        },
      },
    },
  })
