#!/usr/bin/env bash
# listr2: with `exitOnError: false` a task that throws leaves no trace, not even in `listr.errors`.
#
# Expected: the other tasks go on, `run()` resolves, and `listr.errors` then has what was thrown: it is there for that.
# What happens: `errors` is empty unless `collectErrors` is given as well, which it is not by default. A list of tasks within a
#   task hides its errors from the outer list just so.
# Why it matters: a command that tries every item, and sets its exit code by `errors.length`, is green whatever failed.
# listr2 9.0.5, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts listr2@9.0.5

cat > probe.mjs <<'END'
import { Listr } from 'listr2'

const fails = { title: 'apply', task: () => { throw new Error('refused') } }
const outcome = async (what, tasks, options) => {
  const list = new Listr(tasks, { renderer: 'silent', ...options })
  const ended = await list.run().then(() => 'resolved', () => 'rejected')
  console.log(`${what}: ${ended}, ${list.errors.length} errors`)
}
await outcome('exitOnError: false', [fails], { exitOnError: false })
await outcome('with collectErrors', [fails], { exitOnError: false, collectErrors: 'minimal' })
await outcome('exitOnError: true', [fails], {})
await outcome('in a task of its own', [
  { title: 'all', task: (_, task) => task.newListr([fails], { exitOnError: false }) },
])
END
node probe.mjs > seen.txt
diff - seen.txt <<'SEEN'
exitOnError: false: resolved, 0 errors
with collectErrors: resolved, 1 errors
exitOnError: true: rejected, 0 errors
in a task of its own: resolved, 0 errors
SEEN
