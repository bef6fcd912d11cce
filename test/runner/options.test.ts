import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { explain } from '../../src/error.js'
import { networkPolicy } from '../../src/index.js'
import type { RunnerError } from '../../src/runner/error.js'
import type { RunnerOptions } from '../../src/runner/options.js'
import { createRunner } from '../../src/runner/runner.js'
import { memoryCluster } from '../../src/testing/index.js'
import { failureOf } from './observe.js'

const options = suite('the options of a Runner')
const cluster = memoryCluster({ namespaces: ['shop'], calico: false })
const web = networkPolicy('web', 'shop').allowIngress({})

const runnerWith = (more: object) =>
  createRunner({ owner: 'own', cluster, namespace: 'shop', ...more } as RunnerOptions)

/** What is wrong, the option as the failure names it, and what its message has to hold. */
const wrong: ReadonlyArray<readonly [given: object, option: string, message: RegExp]> = [
  [{ transport: 'pood' }, 'transport', /expected "pod" or "api" or \{ calicoctl: PATH \}, got "pood"/],
  [{ transport: { calicoctl: 1 } }, 'transport.calicoctl', /expected a string, got 1/],
  [{ transport: { path: 'x' } }, 'transport.path', /no field "path"/],
  [{ lockout: 'refuze' }, 'lockout', /expected one of "refuse", "exempt", "ignore", got "refuze"/],
  [{ rbac: 'x' }, 'rbac', /expected "provision" or \{ serviceAccount: NAME \}, got "x"/],
  [{ rbac: {} }, 'rbac.serviceAccount', /got nothing/],
  [{ kinds: ['NetworkPolicie'] }, 'kinds[0]', /got "NetworkPolicie"/],
  [{ kinds: ['Profile'] }, 'kinds[0]', /got "Profile"/],
  [{ pod: { hostPID: true } }, 'pod.hostPID', /no field "hostPID"/],
  [{ pod: { labels: { a: 1 } } }, 'pod.labels.a', /expected a string, got 1/],
  [{ image: { pullPolicy: 'always' } }, 'image.pullPolicy', /got "always"/],
  [{ timeoutMs: 0 }, 'timeoutMs', /expected a number greater than 0, got 0/],
  [{ timeoutMs: '5s' }, 'timeoutMs', /got "5s"/],
  [{ ttlSeconds: Number.NaN }, 'ttlSeconds', /got NaN/],
  [{ graceMs: -1 }, 'graceMs', /got -1/],
  [{ owner: 'Own' }, 'owner', /got "Own"/],
  [{ owner: undefined }, 'owner', /missing/],
  [{ namespase: 'x' }, 'namespase', /no field "namespase"/],
  [{ cluster: {} }, 'cluster', /not a cluster/],
]

options(
  'each that is wrong is a BadOption of every call, with its name, what was given and what may be',
  async () => {
    for (const [given, option, message] of wrong) {
      const { te } = runnerWith(given)
      for (const call of [te.plan([web]), te.apply([web]), te.status(), te.cleanup()]) {
        const failure = failureOf<unknown>(await call())
        assert.is(failure._tag === 'BadOption' && failure.option, option, JSON.stringify(given))
        assert.match(failure.message, message)
        assert.ok('hint' in failure && failure.hint !== undefined && failure.hint !== '')
      }
    }
  },
)

options('of a call, each that is wrong is a BadOption', async () => {
  const { te } = runnerWith({})
  const given: ReadonlyArray<readonly [object, string]> = [
    [{ timeoutMs: -5 }, 'timeoutMs'],
    [{ timeoutMs: '5s' }, 'timeoutMs'],
    [{ signal: {} }, 'signal'],
    [{ onEvent: 'x' }, 'onEvent'],
    [{ prune: 'yes' }, 'prune'],
    [{ purge: true }, 'purge'],
  ]
  for (const [call, option] of given) {
    const calls: ReadonlyArray<TaskEither<RunnerError, unknown>> = [te.apply([web], call), te.cleanup(call)]
    for (const run of calls) {
      const failure = failureOf<unknown>(await run())
      assert.is(failure._tag === 'BadOption' && failure.option, option)
    }
  }
})

options('nothing throws, whatever is given', async () => {
  for (const given of [undefined, null, 1, 'x', []]) {
    const { te } = createRunner(given as never)
    assert.is(failureOf(await te.apply([web])())._tag, 'BadOption')
  }
  for (const input of [undefined, null, 1, 'x', {}]) {
    const failure = failureOf(await runnerWith({}).te.apply(input as never)())
    assert.is(failure._tag, 'Invalid')
  }
})

options('those that are undefined are left out', async () => {
  const { te } = runnerWith({ transport: undefined, image: undefined, timeoutMs: undefined })
  assert.is(failureOf(await te.status({ timeoutMs: undefined } as object)())._tag, 'NoCalico')
})

options('explain prints a failure that was thrown once', async () => {
  const bad = { ...web, spec: { selector: "app = 'web'" } }
  const { te, apply } = runnerWith({})
  const failure = failureOf(await te.apply([bad])())
  const thrown = await apply([bad]).then(
    () => assert.unreachable(),
    (error) => error,
  )
  assert.is(explain(thrown as never), explain(failure))
})

options.run()
