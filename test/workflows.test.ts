import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'

const workflows = suite('the workflows')

type Permissions = Readonly<Record<string, string>>

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

interface Job {
  readonly needs?: string
  readonly permissions?: Permissions
  readonly steps: ReadonlyArray<Step>
}

interface Workflow {
  readonly permissions?: Permissions
  readonly jobs: Readonly<Record<string, Job>>
}

const folder = '.github/workflows'
const read = (file: string): Workflow => parse(readFileSync(join(folder, file), 'utf8'))
const files = readdirSync(folder)

const rightsOf = ({ permissions }: Workflow, job: Job): Permissions => {
  const rights = job.permissions ?? permissions
  if (rights === undefined) throw new Error('a job has the rights of the repository, whatever they are')
  return rights
}

const runs = ({ steps }: Job): ReadonlyArray<string> => steps.flatMap(({ run }) => run ?? [])
const uses = ({ steps }: Job): ReadonlyArray<string> => steps.flatMap(({ uses: action }) => action ?? [])

/** Runs code of the checkout or of packages, and not only what comes with the machine. */
const runsCode = (job: Job): boolean =>
  uses(job).some((action) => action.startsWith('actions/checkout@')) ||
  runs(job).some((run) => /\bnpx\b|\bbash\b|\btsx\b|npm (?:ci|install|i|run|test|pack)\b/.test(run))

for (const file of files) {
  const workflow = read(file)
  const jobs = Object.entries(workflow.jobs)

  workflows(`${file} takes every action by its commit`, () => {
    for (const action of jobs.flatMap(([, job]) => uses(job)))
      assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
  })

  workflows(`${file} leaves no token in a checkout`, () => {
    for (const step of jobs.flatMap(([, { steps }]) => steps))
      if (step.uses?.startsWith('actions/checkout@')) assert.is(step.with?.['persist-credentials'], false)
  })

  workflows(`${file} lets no job write that runs code of the checkout or of packages`, () => {
    for (const [name, job] of jobs) {
      const written = Object.values(rightsOf(workflow, job)).filter((right) => right !== 'read')
      if (runsCode(job)) assert.equal(written, [], name)
    }
  })
}

const release = read('release.yml')
const { build, publish } = release.jobs
if (build === undefined || publish === undefined)
  throw new Error('release.yml has a job build and a job publish')

workflows('the release builds and tests without rights, and installs without scripts of packages', () => {
  assert.equal(rightsOf(release, build), { contents: 'read' })
  assert.ok(runs(build).includes('npm ci --ignore-scripts'))
  assert.not.match(runs(build).join('\n'), /npm (?:install|i)\b|install\.sh/)
  assert.ok(runs(build).some((run) => run.includes('run-tests.ts test/package')))
})

workflows('the release publishes in a job of its own, with no right but to prove who publishes', () => {
  assert.equal(rightsOf(release, publish), { contents: 'read', 'id-token': 'write' })
  assert.not.ok(runsCode(publish))
  const holders = Object.entries(release.jobs).filter(([, job]) => 'id-token' in rightsOf(release, job))
  assert.equal(
    holders.map(([name]) => name),
    ['publish'],
  )
})

const artifact = (job: Job, action: string): unknown =>
  job.steps.find(({ uses: used }) => used?.startsWith(`actions/${action}-artifact@`))?.with?.name

workflows('the release publishes what was built, and runs no script of it', () => {
  assert.is(publish.needs, 'build')
  assert.ok(artifact(build, 'upload') !== undefined)
  assert.is(artifact(publish, 'download'), artifact(build, 'upload'))
  const [published = '', ...more] = runs(publish)
  assert.match(published, /^npm publish \.\/release\/\*\.tgz .*--ignore-scripts/)
  assert.equal(more, [])
})

workflows.run()
