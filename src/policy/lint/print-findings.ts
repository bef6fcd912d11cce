import { explainIssue, type Issue } from '../../error.js'

/**
 * Findings as text for people: each with its place, and what to do.
 *
 * @example
 * printFindings([]) // => 'no findings'
 */
export const printFindings = (findings: ReadonlyArray<Issue>): string => {
  if (findings.length === 0) return 'no findings'
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`
  return [count, ...findings.map((finding) => `  ${explainIssue(finding)}`)].join('\n')
}
