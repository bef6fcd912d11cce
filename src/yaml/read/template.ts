import type { Issue } from '../../error.js'
import { linesOf } from './source-location.js'

/** Where YAML would have a key, an item or a value, an action of Go's templates begins. */
const action = /^[ \t]*(?:- *)?(?:[\w."'/-]+: *)?(\{\{)(?!\{)/m

/** What to say of a text that cannot be read because it is a template still to be rendered; its faults only echo that. */
export const templates = (text: string): ReadonlyArray<Issue> => {
  const found = action.exec(text)
  if (found === null) return []
  const lines = linesOf(text)
  const at = lines.position(found.index + found[0].length - '{{'.length)
  return [
    {
      rule: 'template',
      path: [],
      message: 'this is a template, as in a Helm chart, and not YAML yet',
      hint: 'render the chart first: `helm template CHART` prints what can be read',
      at,
      frame: lines.frame(at),
    },
  ]
}
