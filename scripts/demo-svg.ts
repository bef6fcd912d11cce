import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

/**
 * Draws what `npm run demo` prints into docs/demo.svg, all of it at once; where pictures move, the lines then dim, and
 * light up one after another. Usage: `npx tsx scripts/demo-svg.ts`.
 */
const lineHeight = 17
const width = 760
const margin = 16
const stillSeconds = 1.5
const secondsPerLine = 0.12

const printed = stripVTControlCharacters(
  execFileSync(process.execPath, ['--import', 'tsx', 'examples/karydia-demo.ts'], { encoding: 'utf8' }),
)
const afterPolicies = printed.slice(printed.indexOf('— what they will do')).trimEnd()
const lines = ['$ npm run demo', '…', ...afterPolicies.split('\n')]

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const classes: ReadonlyArray<readonly [RegExp, string]> = [
  [/^\$|^—/, 'heading'],
  [/^\s*(?:[\d.]+ s\s+)?\+ |^created/, 'more'],
  [/^\s*(?:[\d.]+ s\s+)?- /, 'less'],
  [/^\s+[\d.]+ s\s+\w+ …$/, 'step'],
]
const classOf = (line: string): string => classes.find(([pattern]) => pattern.test(line))?.[1] ?? 'plain'

const drawn = lines.map((line, index) => {
  const y = margin + (index + 1) * lineHeight
  const dimmed = (index * secondsPerLine).toFixed(2)
  return `<text class="${classOf(line)}" x="${margin}" y="${y}" style="animation-duration:${dimmed}s">${escapeXml(line)}</text>`
})
const height = 2 * margin + (lines.length + 1) * lineHeight

writeFileSync(
  'docs/demo.svg',
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="What npm run demo prints">
<style>
text { font: 13px ui-monospace, Menlo, Consolas, monospace; white-space: pre; fill: #c9d1d9; animation: dim 0s ${stillSeconds}s }
.heading { font-weight: bold; fill: #fff } .more { fill: #7ee787 } .less { fill: #ff9b92 } .step { fill: #79c0ff }
@keyframes dim { from, to { opacity: .25 } }
@media (prefers-reduced-motion: reduce) { text { animation: none } }
</style>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
${drawn.join('\n')}
</svg>
`,
)
