import { type CheckRule, type Constraint, otherwise, rule, unless } from './constraint.js'
import { quoted } from './dns-name.js'

/** A text of one form: `what it is` completes `"x" is `. */
export const form = (info: CheckRule, holds: (text: string) => boolean, fault: string): Constraint<string> =>
  rule(info, (text) => unless(holds(text), () => ({ message: `${quoted(text)} is ${fault}` })))

/** Go takes the empty text for "not given". */
export const unlessEmpty = (constraint: Constraint<string>): Constraint<string> =>
  otherwise((text) => text === '', constraint)
