import { breakText } from './break-text.js'
import { type Dice, split } from './pool.js'

const marks: ReadonlyArray<string> = [
  ...split(
    `:|: |-|- | |  |\t|\n|\n---|#| #|'|"|{|}|[|]|,|>|&a |*a|!|%|@|~|?|? |<<: |\\|\0|\r|...|---|\n...\n`,
  ),
  ...split('\u007f|\u0085|\u00a0|\ufeff|\u2028|!!str |!!int '),
  '|',
]
const keys = split(`yes|1|null|~|1.5|.inf|? a\n|"a"|'a'|!!str a|&a a|*a|<<|[a]|{}|`)
const values = split('a|yes|*a|{}|')
const headers = ['|2', '>1-', '|+1', '|0', '>9', '>-', '|']

/** What editors, tools and hurry do to a file. */
export const disturbed = (text: string, dice: Dice): string => {
  const lines = text.split('\n')
  const at = dice.below(lines.length)
  const line = lines[at] ?? ''
  const from = (words: ReadonlyArray<string>): string => words[dice.below(words.length)] ?? ''
  const put = (...instead: ReadonlyArray<string>): string => lines.toSpliced(at, 1, ...instead).join('\n')
  const indent = /^ */.exec(line)?.[0] ?? ''
  return dice.pick<() => string>([
    () => `\ufeff${text}`,
    () => text.replaceAll('\n', '\r\n'),
    () => text.replaceAll('  ', '\t'),
    () => `%YAML 1.1\n---\n${text}`,
    () => `---\n${text}`,
    () => `# ${line}\n\n---\n${text}---\n`,
    () => `${text}...\n`,
    () => `--- # first\n${text}\n--- \n`,
    () => put(),
    () => put(line, line),
    () => put(`${line} `),
    () => put(` ${line}`),
    () => put(line.replace(': ', ':')),
    () => put(line.replace(': ', ': &anchor ')),
    () => put(line.replace(/: (.*)/, ': &a $1'), line.replace(/^( *)[\w-]+:.*/, '$1b: *a')),
    () => put(line.replace(/[\w.-]+:/, `${from(keys)}:`)),
    () => put(`${indent}${from(keys)}: ${from(values)}`, line),
    () => put(line.replace(/: .*/, ': ')),
    () => put(line.replace(/: /, `:\n${indent}${from([' ', '   ', '\t', '  # a\n   '])}`)),
    () => put(line.replace(/ (?=[^ ]*$)/, `\n${indent}   `)),
    () => put(line.replace(/: .*/, `: ${from(headers)}\n${indent}   a\n${indent}  b\n\n${indent}    c`)),
    () => breakText(text, dice, marks),
    () => breakText(text, dice, marks),
  ])()
}
