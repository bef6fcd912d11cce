import { relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkRules } from '../../check/check.js'
import { type Issue, printPath } from '../../error.js'
import { lintRules } from '../../policy/index.js'
import type { Loaded } from '../input/loaded.js'
import { version } from '../version.js'

/** From the folder of the call, as code hosts want it: escaped, with slashes on every system. */
const uriOf = (file: string): string => {
  const root = pathToFileURL(`${resolve()}/`).href
  const { href } = pathToFileURL(resolve(file))
  return href.startsWith(root) ? href.slice(root.length) : relative('', file)
}

const location = (file: string, { at, path, resource }: Issue): object => {
  const name = [resource, printPath(path)].filter(Boolean).join(' ')
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file), uriBaseId: '%SRCROOT%' },
      // Without one, code hosts show nothing.
      region: at === undefined ? { startLine: 1 } : { startLine: at.line, startColumn: at.column },
    },
    ...(name === '' ? {} : { logicalLocations: [{ fullyQualifiedName: name }] }),
  }
}

const result = (file: string, issue: Issue): object => ({
  ruleId: issue.rule,
  level: lintRules.some(({ name }) => name === issue.rule) ? 'warning' : 'error',
  message: { text: issue.hint === undefined ? issue.message : `${issue.message} → ${issue.hint}` },
  locations: [location(file, issue)],
})

/** What a rule is about. Those of shape and of YAML speak for themselves. Code hosts want all of the fields. */
const ruleOf = (id: string): object => {
  const known = [...checkRules, ...lintRules].find(({ name }) => name === id)
  const what = { text: known?.what ?? `The rule ${id}: see the message.` }
  const help = { text: known === undefined ? what.text : `${known.remedy}. Source: ${known.source}` }
  return { id, shortDescription: what, fullDescription: what, help }
}

/** The issues in the form that code hosts read: SARIF 2.1.0. */
export const sarif = (files: ReadonlyArray<Loaded>): string => {
  const rules = [...new Set(files.flatMap(({ issues }) => issues.map(({ rule }) => rule)))].sort()
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'typed-calico', version: version(), rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: files.flatMap(({ file, issues }) => issues.map((issue) => result(file, issue))),
      },
    ],
  }
  return JSON.stringify(log, null, 2)
}
