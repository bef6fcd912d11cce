/** Texts with raw line separators in the ways in which calicoctl prints them, and the text that it reads back. */
export const separatedTexts: ReadonlyArray<readonly [written: string, text: string]> = [
  ["'a\u2028b'", 'a\u2028b'],
  ["'a\u2028      b'", 'a\u2028b'],
  ["'a\u2028\u2028 \u2029      b'", 'a\u2028\u2028\u2029b'],
  ["'a \u2028  \u2029  b'", 'a\u2028\u2029b'],
  ["'\u2028a\u2029      '", '\u2028a\u2029'],
  ["'it''s\u2028  b\n      c'", "it's\u2028b c"],
  ['|-\n      a\u2028      b', 'a\u2028b'],
  ['|\n      a\u2028        b\n', 'a\u2028  b\n'],
  ['|-\n\n      \u2028\u2029      b', '\n\u2028\u2029b'],
  ['|-\n      a\u2028\n      c\u2029\u2028      d\n\n      e', 'a\u2028\nc\u2029\u2028d\n\ne'],
]

/** A resource with the text, as it is written, in an annotation. */
export const annotated = (written: string): string =>
  `apiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata:\n  name: a\n  annotations:\n    note: ${written}\nspec: {}\n`
