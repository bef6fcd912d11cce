import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export interface Rule {
  readonly apiGroups: ReadonlyArray<string>
  readonly resources: ReadonlyArray<string>
  readonly verbs: ReadonlyArray<string>
}

/** The roles that docs/07-permissions.md writes out. */
export const rulesOfTheGuide = (): Readonly<Record<'byPod' | 'byApi' | 'native', ReadonlyArray<Rule>>> => {
  const text = readFileSync('docs/07-permissions.md', 'utf8')
  const roles = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => parse(yaml).rules)
  const [byPod, byApi, native] = roles
  return { byPod, byApi, native }
}
