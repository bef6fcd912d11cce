import { must } from './command.js'

/** The libraries of this machine's node, and what loads them, by their paths: as `ldd` prints them. */
export const nodeLibraries = async (): Promise<Readonly<Record<string, string>>> => {
  const paths = [...(await must('ldd', [process.execPath])).matchAll(/\/\S+/g)].map(([path]) => path)
  return Object.fromEntries(paths.map((path) => [path, path]))
}
