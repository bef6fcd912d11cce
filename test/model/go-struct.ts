/** The names that a Go file's structs have in JSON, by the name of the struct. */
export const jsonNames = (source: string): ReadonlyMap<string, ReadonlyArray<string>> =>
  new Map(
    [...source.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => [
      name,
      [...body.matchAll(/`json:"([\w-]+)/g)].map(([, json = '']) => json),
    ]),
  )
