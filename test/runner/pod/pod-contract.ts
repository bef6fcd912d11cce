import * as assert from 'uvu/assert'
import { type OnWorld, ownedIn, policiesIn, runnerOf } from '../contract.js'
import { failureOf, left } from '../observe.js'

/** What it promises beside that where a pod writes. */
export const podContract = (onWorld: OnWorld): void => {
  onWorld('explains a calicoctl that may not write, and leaves nothing of the run', async (world) => {
    const runner = runnerOf(world, { rbac: { serviceAccount: 'default' } })
    const failure = failureOf(await runner.te.apply(policiesIn(world))())
    assert.is(failure._tag, 'CalicoctlFailed')
    if (failure._tag !== 'CalicoctlFailed') return
    assert.is(failure.exitCode, 1)
    assert.match(failure.stderr, /unauthorized|forbidden/i)
    assert.equal(await ownedIn(world), [])
  })

  onWorld('tells a calicoctl of another version by its versions', async (world) => {
    const runner = runnerOf(world, { image: { name: 'docker.io/calico/ctl:v3.28.4' } })
    const failure = failureOf(await runner.te.apply(policiesIn(world))())
    assert.is(failure._tag, 'VersionMismatch')
    assert.equal(left(failure), [])
    assert.equal(await ownedIn(world), [])
  })

  onWorld('gives up on an image that cannot be pulled, and leaves nothing of the run', async (world) => {
    const runner = runnerOf(world, { image: { name: 'no-such.test/calico/ctl:v0' } })
    const failure = failureOf(await runner.te.apply(policiesIn(world))())
    assert.is(failure._tag === 'PodFailed' && failure.problem, 'ImagePull')
    assert.equal(await ownedIn(world), [])
  })

  onWorld('ends with Aborted when its signal fires, and leaves nothing of the run', async (world) => {
    const controller = new AbortController()
    const run = runnerOf(world).apply(policiesIn(world), { signal: controller.signal })
    for await (const event of run) if (event._tag === 'Created') controller.abort()
    const failure = failureOf(await run.result)
    assert.is(failure._tag === 'Interrupted' && failure.cause._tag, 'Aborted')
    const names = await ownedIn(world)
    assert.equal(
      names.filter((name) => !name.includes('NetworkPolicy')),
      [],
    )
  })

  onWorld('lets one run of an owner at a time write', async (world) => {
    const results = await Promise.all([1, 2].map(() => runnerOf(world).te.apply(policiesIn(world))()))
    const tags = results.map((result) => (result._tag === 'Right' ? 'Right' : result.left._tag)).sort()
    assert.equal(tags, ['Busy', 'Right'])
  })
}
