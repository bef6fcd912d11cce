import { Command, InvalidArgumentError, Option } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { explain, type Issue, type Position } from '../../error.js'
import { type LintRuleName, lint, lintRules, printFindings } from '../../policy/index.js'
import { exitCodes } from '../exit-code.js'
import { loadInputs } from '../input/load.js'
import { allResources, type Loaded, placed } from '../input/loaded.js'
import { tellPassedOver } from '../input/read.js'
import { checkJson, countResources } from '../output/check-report.js'
import { sarif } from '../output/sarif.js'
import { out } from '../terminal.js'
import { act } from './act.js'
import { calico, inputs, output } from './option.js'

interface LintCommandOptions {
  readonly calico?: string
  readonly ignore?: ReadonlyArray<LintRuleName>
  readonly output: keyof typeof formats
}

const hasIssues = ({ issues }: Loaded): boolean => issues.length > 0

const inText = (a: Position | undefined, b: Position | undefined): number =>
  a === undefined || b === undefined ? 0 : a.line - b.line || a.column - b.column

/** The files, each with the findings about its resources for issues. The resources of all are judged together. */
const withFindings = (
  files: ReadonlyArray<Loaded>,
  ignored: ReadonlyArray<LintRuleName>,
): ReadonlyArray<Loaded> => {
  const findings = lint(files.flatMap(({ resources }) => resources)).filter(
    ({ rule }) => !ignored.includes(rule),
  )
  let start = 0
  return files.map((file) => {
    const first = start
    start += file.resources.length
    const issues = findings
      .filter(({ index }) => index >= first && index < start)
      .map(({ index, ...issue }): Issue => file.show?.(index - first, issue) ?? issue)
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

const lintInputs = act(async (must, from: ReadonlyArray<string>, options: LintCommandOptions) => {
  const loaded = await must(loadInputs(from, { ...options, command: 'apply' }))
  tellPassedOver(loaded)
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
    .addOption(output('text', 'json', 'sarif'))
    .action(lintInputs)
