import { Argument, InvalidArgumentError, Option } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { parseVersion } from '../../model/calico-version.js'

const parseCalico = (text: string): string => {
  const version = parseVersion(text)
  if (E.isRight(version)) return text
  const [{ message, hint }] = version.left.issues
  throw new InvalidArgumentError(`${message}: ${hint}.`)
}

export const inputs = (): Argument =>
  new Argument('<input...>', 'files or folders of YAML, JSON, TypeScript or JavaScript; - for stdin')

export const calico = (): Option =>
  new Option(
    '--calico <version>',
    'the version of Calico to check for, such as 3.28 (default: the newest known)',
  ).argParser(parseCalico)

export const output = (...formats: ReadonlyArray<string>): Option =>
  new Option('--output <format>', 'format of the results').choices(formats).default(formats[0])

/** What `kubectl` takes after `-o`; nobody means a file of that name. */
const formats = ['text', 'json', 'yaml', 'csv', 'markdown', 'md', 'mermaid', 'dot', 'wide', 'name', 'ts']

const parseOut = (text: string): string => {
  if (!formats.includes(text)) return text
  throw new InvalidArgumentError(
    `It names a file: a format is for --output, where there is one; for a file of this name, write ./${text}.`,
  )
}

export const outFile = (): Option =>
  new Option('-o, --out <file>', 'write to this file instead of stdout').argParser(parseOut)

export const strict = (): Option =>
  new Option('--strict', "refuse objects that are not Calico's, instead of skipping them")
