// @package
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { browserTests, domOf } from './chromium.js'
import { packed, vite } from './packed.js'

const browser = suite('the packed pure entry in chromium, on a page that vite builds')
const inBrowser = await browserTests(browser)

const { consumer } = packed()
const folder = join(consumer, 'page')
mkdirSync(folder, { recursive: true })
copyFileSync(new URL('answers.js', import.meta.url), join(folder, 'answers.js'))
writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
writeFileSync(join(folder, 'index.html'), '<pre></pre><script type="module" src="/page.js"></script>\n')
writeFileSync(
  join(folder, 'page.js'),
  `import { answers } from './answers.js'
document.querySelector('pre').textContent = btoa(encodeURIComponent(answers()))\n`,
)

const inNode = (): string => {
  const program = "import { answers } from './answers.js'; process.stdout.write(answers())"
  return execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: folder,
    encoding: 'utf8',
  })
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

/** What the page shows, and what was asked for, when it is served with this Content-Security-Policy. */
const visit = async (policy: string) => {
  const asked: Array<string> = []
  const server = createServer(({ url = '/' }, reply) => {
    asked.push(url)
    const path = url === '/' ? '/index.html' : url
    if (path === '/favicon.ico') return reply.writeHead(404).end()
    const headers = { 'content-type': types[extname(path)] ?? '', 'content-security-policy': policy }
    return reply.writeHead(200, headers).end(readFileSync(join(folder, 'dist', path)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    const dom = await domOf(`http://127.0.0.1:${port}/`)
    const [, shown = ''] = /<pre>(.*?)<\/pre>/s.exec(dom) ?? []
    return { answers: decodeURIComponent(atob(shown)), asked, dom }
  } finally {
    server.close()
  }
}

inBrowser('says the same as in Node, and asks no other host', async () => {
  execFileSync(process.execPath, [vite(), 'build', folder, '--logLevel', 'error'])
  const { answers, asked } = await visit("default-src 'self' 'unsafe-eval'")
  assert.is(answers, inNode())
  assert.match(asked.join(' '), /^\/ \/assets\/[\w-]+\.js(?: \/favicon\.ico)?$/)
})

inBrowser('says the same where no code may be made from text', async () => {
  const { answers } = await visit("default-src 'none'; script-src 'self'")
  assert.is(answers, inNode().replace('"codeFromText": true', '"codeFromText": false'))
})

browser.run()
