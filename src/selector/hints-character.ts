import type { Hint } from './fault.js'

/** What Calico takes nowhere outside of quotes, though it looks as if it should. */
export const characters: ReadonlyArray<Hint> = [
  [
    /[\r\n]/y,
    'selector-character',
    'A selector must be on one line, and this is a line break.',
    'Remove it. In YAML, fold a long selector with `>-`, or put it in quotes.',
  ],
  [
    /[\s\p{C}]/uy,
    'selector-character',
    'Only spaces and tabs may separate the words of a selector, and this is $code.',
    'Retype it as a space.',
  ],
  [
    /[\u2018-\u201f\u00ab\u00bb\u00b4`]/y,
    'selector-quote',
    'Calico accepts plain quotes only, and this is $code.',
    'Write values as "web" or \'web\'.',
  ],
]
