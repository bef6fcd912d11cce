import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import { followJob } from '../../../src/runner/pod/job-status.js'

const together = suite('what the pods of a Job say together')

const pod = (index: number, status: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `pod-${index}`,
    uid: `uid-${index}`,
    annotations: { 'batch.kubernetes.io/job-completion-index': `${index}` },
  },
  status,
})
const inState = (state: object, phase = 'Running') => ({
  phase,
  containerStatuses: [{ name: 'create', state }],
})
const running = inState({ running: {} })
const ended = (exitCode = 0) => inState({ terminated: { exitCode } }, 'Succeeded')
const roomless = {
  phase: 'Pending',
  conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'no room' }],
}
const killed = inState({ terminated: { exitCode: 137, reason: 'OOMKilled' } }, 'Failed')

together('it has ended when each part has, and none runs', () => {
  const follow = followJob(2)
  assert.equal(follow([]), { _tag: 'NoPod', lost: false, begun: false })
  assert.is(follow([pod(0, ended()), pod(1, running)])._tag, 'Waiting')
  const state = follow([pod(1, ended(1)), pod(0, ended())])
  assert.equal(state._tag === 'Ended' && state.pods.map(({ exits }) => exits[0]?.exitCode), [0, 1])
})

together('what has ended is remembered, whatever becomes of its pod', () => {
  const follow = followJob(2)
  follow([pod(0, ended()), pod(1, running)])
  assert.is(follow([pod(1, ended())])._tag, 'Ended')
})

together('a pod that is gone before its end is lost', () => {
  const follow = followJob(2)
  follow([pod(0, running), pod(1, running)])
  assert.equal(follow([pod(0, ended())]), { _tag: 'NoPod', lost: true, begun: true })
})

together('a pod that finds no room is trouble only when no other gets on', () => {
  const follow = followJob(2)
  assert.is(follow([pod(0, roomless), pod(1, running)])._tag, 'Waiting')
  assert.is(follow([pod(0, roomless), pod(1, ended())])._tag, 'Problem')
})

together('trouble that stays is trouble at once', () => {
  const state = followJob(2)([pod(0, running), pod(1, killed)])
  assert.is(state._tag === 'Problem' && state.problem, 'OutOfMemory')
})

together('a part that is tried again is waited for, and its first end is the one that counts', () => {
  const follow = followJob(1)
  const again = { ...pod(0, running), metadata: { ...pod(0, {}).metadata, uid: 'again' } }
  assert.is(follow([pod(0, ended(1)), again])._tag, 'Waiting')
  const state = follow([pod(0, ended(1)), { ...again, status: ended(0) }])
  assert.equal(state._tag === 'Ended' && state.pods.map(({ exits }) => exits[0]?.exitCode), [1])
})

together.run()
