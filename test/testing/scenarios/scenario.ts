import type { MemoryClusterOptions } from '../../../src/testing/memory-cluster.js'
import type { Step } from '../calicoctl-world.js'

export interface Scenario {
  readonly name: string
  readonly options?: MemoryClusterOptions
  readonly steps: ReadonlyArray<Step>
}

export const resource = (
  kind: string,
  name: string,
  namespace: string | undefined,
  spec: object,
  meta: object = {},
): object => ({
  apiVersion: 'projectcalico.org/v3',
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...meta },
  spec,
})

export const rule = { action: 'Allow', protocol: 'TCP', destination: { ports: [80, '90:95', 'http'] } }
export const np = (name: string, meta: object = {}, spec: object = { ingress: [rule] }) =>
  resource('NetworkPolicy', name, 'shop', spec, meta)
export const gnp = (name: string, spec: object = { order: 5.5, egress: [{ action: 'Deny' }] }) =>
  resource('GlobalNetworkPolicy', name, undefined, spec)

export const yaml = (...documents: ReadonlyArray<object>): string =>
  documents.map((document) => JSON.stringify(document, null, 2)).join('\n---\n')

export const on = (command: string, ...documents: ReadonlyArray<object>): Step => ({
  args: [command, '-f', '/in/a.yaml'],
  files: { '/in/a.yaml': yaml(...documents) },
})
export const text = (content: string, ...flags: ReadonlyArray<string>): Step => ({
  args: ['apply', '-f', '/in/a.yaml', ...flags],
  files: { '/in/a.yaml': content },
})
export const flagged = (step: Step, ...flags: ReadonlyArray<string>): Step => ({
  ...step,
  args: [...step.args, ...flags],
})
