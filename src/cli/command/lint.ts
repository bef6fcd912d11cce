import { Command, InvalidArgumentError, Option } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { explain, type Issue, type Position } from '../../error.js'
import { type LintRuleName, lint, lintRules, printFindings } from '../../policy/index.js'
import { exitCodes } from '../exit-code.js'
import { convertForLint, isConverted } from '../input/convert-policy.js'
import { allResources, type Loaded, placed } from '../input/loaded.js'
import { loadAndTell } from '../input/read.js'
import { checkJson, countResources } from '../output/check-report.js'
import { sarif } from '../output/sarif.js'
import { out } from '../terminal.js'
import { act } from './act.js'
import { calico, inputs, output, strict } from './option.js'

interface LintCommandOptions {
  readonly calico?: string
  readonly strict?: true
  readonly ignore?: ReadonlyArray<LintRuleName>
  readonly output: keyof typeof formats
}

const hasIssues = ({ issues }: Loaded): boolean => issues.length > 0

const inText = (a: Position | undefined, b: Position | undefined): number =>
  a === undefined || b === undefined ? 0 : a.line - b.line || a.column - b.column

/** The rules of what Kubernetes wrote are others in number: what is said of one of them is shown at them all. */
const show = ({ show: place, resources }: Loaded, index: number, issue: Issue): Issue => {
  const resource = resources[index]
  const isOwn = resource === undefined || !isConverted(resource)
  const path = isOwn ? issue.path : issue.path.slice(0, 2)
  return { ...(place?.(index, { ...issue, path }) ?? issue), path: issue.path }
}

/** The files, each with the findings about its resources for issues. The resources of all are judged together. */
const withFindings = (
  files: ReadonlyArray<Loaded>,
  ignored: ReadonlyArray<LintRuleName>,
): ReadonlyArray<Loaded> => {
  // What is no policy says what else there is: nodes, services, pods.
  const world = { resources: files.flatMap(({ skipped }) => skipped) }
  const findings = lint(
    files.flatMap(({ resources }) => resources),
    { world },
  ).filter(({ rule }) => !ignored.includes(rule))
  let start = 0
  return files.map((file) => {
    const first = start
    start += file.resources.length
    const issues = findings
      .filter(({ index }) => index >= first && index < start)
      .map(({ index, ...issue }) => show(file, index - first, issue))
      .sort((a, b) => inText(a.at, b.at))
    return { ...file, issues }
  })
}

const text = (files: ReadonlyArray<Loaded>): string => {
  const found = files.flatMap(({ file, issues }) => issues.map((issue) => placed(file, issue)))
  return found.length === 0 ? `${countResources(files)}: no findings` : printFindings(found)
}

const formats = { text, json: checkJson, sarif } as const

/** What Calico would refuse is said first: only the whole of the resources can be judged. */
const explainIssues = (files: ReadonlyArray<Loaded>): string => {
  const resources = allResources(files)
  return E.isLeft(resources) ? explain(resources.left) : ''
}

const lintInputs = act(async (unwrap, from: ReadonlyArray<string>, options: LintCommandOptions) => {
  const loaded = await unwrap(
    loadAndTell(from, { ...options, dropServerMetadata: true, foreign: convertForLint }),
  )
  const isBroken = loaded.files.some(hasIssues)
  const files = isBroken ? loaded.files : withFindings(loaded.files, options.ignore ?? [])
  out(isBroken && options.output === 'text' ? explainIssues(files) : formats[options.output](files))
  return files.some(hasIssues) ? exitCodes.failure : exitCodes.ok
})

const names = lintRules.map(({ name }) => name)

const toRule = (text: string, before: ReadonlyArray<LintRuleName> = []): ReadonlyArray<LintRuleName> => {
  const name = names.find((it) => it === text)
  if (name === undefined) throw new InvalidArgumentError(`The rules are ${names.join(', ')}.`)
  return [...before, name]
}

export const lintCommand = (): Command =>
  new Command('lint')
    .summary('find likely mistakes')
    .description(
      'Finds what Calico accepts but is probably a mistake, such as rules that never apply and selectors that match nothing. Considers all inputs together. Needs no cluster.',
    )
    .addArgument(inputs())
    .addOption(new Option('--ignore <rule>', 'leave a rule out; repeatable').choices(names).argParser(toRule))
    .addOption(calico())
    .addOption(strict())
    .addOption(output('text', 'json', 'sarif'))
    .action(lintInputs)
