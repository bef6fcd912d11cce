import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const links = suite('the links of README and docs')

const under = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !/(?:^|\/)(?:node_modules|site)\//.test(file))
    .map((file) => join(folder, file))

const pages = [
  ...readdirSync('.').filter((file) => file.endsWith('.md')),
  ...under('docs'),
  ...under('examples'),
]

/** What is code is no link and no heading. */
const proseOf = (page: string): string => readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```$/gm, '')

/** As GitHub makes them: a second heading of the same words ends in -1. */
const anchorsOf = (page: string): ReadonlySet<string> => {
  const anchors = new Set<string>()
  for (const [, heading = ''] of proseOf(page).matchAll(/^#{1,6} (.*)$/gm)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const slug = words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-')
    let anchor = slug
    for (let again = 1; anchors.has(anchor); again++) anchor = `${slug}-${again}`
    anchors.add(anchor)
  }
  return anchors
}

const relativeIn = (page: string): ReadonlyArray<string> =>
  [
    ...proseOf(page)
      .replace(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))

const fault = (page: string, link: string): ReadonlyArray<string> => {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : normalize(join(dirname(page), path))
  if (!existsSync(target)) return [`${page}: there is no ${target}`]
  if (anchor === undefined || statSync(target).isDirectory()) return []
  return anchorsOf(target).has(anchor) ? [] : [`${page}: ${target} has no heading #${anchor}`]
}

links('lead to files and headings that are there', () => {
  const found = pages.flatMap((page) => relativeIn(page).map((link) => [page, link] as const))
  assert.ok(found.length > 20, `${found.length} links`)
  assert.equal(
    found.flatMap(([page, link]) => fault(page, link)),
    [],
  )
})

/** Paths of this repository, as prose names them: `test/yaml/read/split.test.ts`. Those of other repositories are no code here. */
const pathsIn = (page: string): ReadonlyArray<string> =>
  [...proseOf(page).matchAll(/`((?:src|test|scripts|findings|\.github)\/[\w./-]*\w)\/?`/g)].map(
    ([, path = '']) => path,
  )

links('and the paths that pages name are there', () => {
  const ours = pages.filter((page) => !page.startsWith('examples/'))
  const found = ours.flatMap((page) => pathsIn(page).map((path) => ({ page, path })))
  assert.ok(found.length > 50, `${found.length} paths`)
  assert.equal(
    found.filter(({ path }) => !existsSync(path)),
    [],
  )
})

/** Where a reader goes on from README: no guide is found by luck alone. */
links('lead from README to every page of docs', () => {
  const linked = relativeIn('README.md').map((link) => normalize(link.split('#')[0] ?? ''))
  const guides = readdirSync('docs').filter((file) => file.endsWith('.md'))
  assert.equal(
    guides.filter((file) => !linked.includes(join('docs', file))),
    [],
  )
})

links.run()
