import { readFileSync } from 'node:fs'
import { ourVerdicts } from '/tmp/wt/hosts/test/conformance/our-verdicts.ts'
const file = process.argv[2] ?? '/work/shared/vectors/verdict-hosts.jsonl'
let ok=0, unk=0, bad=0, n=0
for (const line of readFileSync(file,'utf8').split('\n').filter(Boolean)) {
  const c = JSON.parse(line)
  const ours = ourVerdicts({ world: c.world, flows: c.flows })
  c.flows.forEach((f: any, i: number) => {
    n++
    const want = c.expected[i].startsWith('+') ? 'allowed' : 'denied'
    if (ours[i] === want) ok++
    else { if (ours[i]==='unknown') unk++; else bad++; if (unk+bad <= Number(process.env.SHOW ?? 10)) console.log(c.id, JSON.stringify(f), c.expected[i], ours[i]) }
  })
}
console.log({n, ok, unk, bad})
