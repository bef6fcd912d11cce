import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { browserTests, domOf } from '../package/chromium.js'

const picture = suite('the picture of the demo')
const inBrowser = await browserTests(picture)

const svg = readFileSync('docs/demo.svg', 'utf8')
const lines = [...svg.matchAll(/<text [^>]*>(.*)<\/text>/g)].map(([, line = '']) => line)

/** But for the run's name, how long it took, and what its pod was seen to go through: they differ from run to run. */
const steady = (text: string): string =>
  text
    .replace(/^ +[\d.]+ s/gm, '')
    .replace(/^ +pod: .*\n/gm, '')
    .replace(/typed-calico-[a-z0-9]{20,}/g, 'typed-calico-RUN')

const unescapeXml = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

picture('shows what the demo prints; `npx tsx scripts/demo-svg.ts` draws it anew', () => {
  const args = ['--import', 'tsx', 'examples/karydia-demo.ts']
  const env = { ...process.env, NO_COLOR: '1' }
  const printed = execFileSync(process.execPath, args, { encoding: 'utf8', env })
  const [command, omission, ...shown] = lines
  assert.equal([command, omission], ['$ npm run demo', '…'])
  const session = printed.slice(printed.indexOf('— what they will do')).trimEnd()
  assert.is(steady(unescapeXml(shown.join('\n'))), steady(session))
})

/** How opaque each line is, the given milliseconds after the picture was opened. */
const opacities = async (times: ReadonlyArray<number>, ...flags: ReadonlyArray<string>) => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-svg-'))
  try {
    const page = join(folder, 'page.html')
    writeFileSync(
      page,
      `<!doctype html>${svg}<pre></pre><script>
      const animations = document.getAnimations()
      const at = (time) => {
        for (const animation of animations) { animation.pause(); animation.currentTime = time }
        return [...document.querySelectorAll('text')].map((text) => Number(getComputedStyle(text).opacity))
      }
      document.querySelector('pre').textContent = JSON.stringify([${times.join()}].map(at))
      </script>`,
    )
    const [, said = ''] = /<pre>(.*)<\/pre>/.exec(await domOf(pathToFileURL(page).href, ...flags)) ?? []
    return JSON.parse(said) as ReadonlyArray<ReadonlyArray<number>>
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const whole = lines.map(() => 1)

inBrowser('is whole before anything moves, and again at the end', async () => {
  assert.equal(await opacities([0, 1_000, 60_000]), [whole, whole, whole])
})

inBrowser('lights up line by line in between, and no line is ever dark', async () => {
  const [early = [], late = []] = await opacities([2_000, 5_000])
  for (const moment of [early, late]) {
    assert.ok(moment.includes(1) && moment.includes(0.25))
    assert.equal(
      moment,
      [...moment].sort((one, other) => other - one),
    )
  }
  assert.ok(late.indexOf(0.25) > early.indexOf(0.25))
})

inBrowser('does not move for those who prefer less motion', async () => {
  assert.equal(await opacities([2_000], '--force-prefers-reduced-motion'), [whole])
})

picture.run()
