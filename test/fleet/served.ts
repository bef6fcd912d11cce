import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../src/cluster/port.js'
import type { Output } from '../lab/command.js'
import type { Lab } from '../lab/lab.js'
import { definition } from './strict.js'

/** A namespace of the lab, and how objects get there: by an API server that is asked to be strict. */
export interface Served {
  readonly namespace: string
  readonly create: (object: KubeObject) => Promise<Output>
}

let next = 0

/** Has the lab serve an engine's definitions for one fact. Others that do are waited for: each has one name. */
export const served = async (
  lab: Lab,
  definitions: ReadonlyArray<string>,
  fact: (served: Served) => Promise<void>,
): Promise<void> => {
  const namespace = `fleet-${process.pid}-${next++}`
  const made = definitions.map(definition)
  const must = async (args: ReadonlyArray<string>, input?: string) => {
    const { code, stderr } = await lab.kubectl(args, input)
    assert.is(code, 0, stderr)
  }
  await must(['create', 'namespace', namespace])
  try {
    for (const one of made) await must(['apply', '-f', '-'], JSON.stringify(one))
    for (const { metadata } of made)
      await must(['wait', '--for=condition=Established', `crd/${metadata.name}`, '--timeout=60s'])
    await fact({
      namespace,
      create: async (object) => {
        // Discovery may lag behind a definition that is established.
        for (let n = 0; ; n++) {
          const said = await lab.kubectl(['create', '--validate=strict', '-f', '-'], JSON.stringify(object))
          if (n === 60 || !/no matches for kind/.test(said.stderr)) return said
          await sleep(500)
        }
      },
    })
  } finally {
    for (const { metadata } of made)
      await lab.kubectl(['delete', 'crd', metadata.name, '--ignore-not-found', '--wait=false'])
    await lab.kubectl(['delete', 'namespace', namespace, '--wait=false'])
  }
}
