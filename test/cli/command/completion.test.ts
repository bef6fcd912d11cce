import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { program } from '../../../src/cli/program.js'
import { workshop } from '../workshop.js'

const completion = suite('typed-calico completion')
const place = workshop()

const scriptOf = async (shell: string): Promise<string> => {
  const { code, stdout } = await place.call(['completion', shell])
  assert.is(code, 0)
  return stdout
}

/** What bash itself offers after these words, the last of which is under the cursor. */
const offered = (script: string, ...words: ReadonlyArray<string>): ReadonlyArray<string> => {
  place.write('complete.bash', script)
  const { stdout, stderr } = spawnSync(
    'bash',
    [
      '-c',
      `source ${join(place.folder, 'complete.bash')}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _typed_calico; echo "\${COMPREPLY[*]}"`,
      'bash',
      ...words,
    ],
    { encoding: 'utf8' },
  )
  assert.is(stderr, '')
  return stdout.split(/\s+/).filter(Boolean)
}

completion('offers commands, options and values in bash', async () => {
  const script = await scriptOf('bash')
  assert.equal(offered(script, 'typed-calico', 'c'), [
    'check',
    'cleanup',
    'connectivity',
    'convert',
    'completion',
  ])
  assert.equal(offered(script, 'typed-calico', 'apply', '--pr'), ['--prune'])
  assert.equal(offered(script, 'typed-calico', 'check', '--output', ''), ['text', 'json', 'sarif'])
  assert.equal(offered(script, 'typed-calico', 'completion', ''), ['bash', 'zsh', 'fish'])
  assert.equal(offered(script, 'typed-calico', 'apply', '--settings', ''), [])
  assert.equal(offered(script, 'typed-calico', 'cleanup', '--transport', ''), ['pod', 'api', 'local'])
  assert.equal(offered(script, 'typed-calico', 'render', ''), [])
})

completion('has every command and option in each shell', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const script = await scriptOf(shell)
    for (const command of program().commands) {
      assert.match(script, command.name())
      for (const { long } of command.options) assert.match(script, long?.slice(2) ?? '')
    }
  }
})

completion('refuses a shell that it does not know', async () => {
  const { code, stderr } = await place.call(['completion', 'tcsh'])
  assert.is(code, 64)
  assert.match(stderr, 'Allowed choices are bash, zsh, fish')
})

completion.after(place.remove)
completion.run()
