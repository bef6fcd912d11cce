// A credential plugin for tests: counts its runs in the file COUNT, and gives the token TOKEN-<run>.
import { readFileSync, writeFileSync } from 'node:fs'

const { COUNT: file = '', MODE: mode, EXPIRES: expirationTimestamp } = process.env
let runs = 0
try {
  runs = Number(readFileSync(file, 'utf8'))
} catch {}
writeFileSync(file, String(runs + 1))

if (mode === 'fail') {
  console.error('canary on stderr')
  process.exit(1)
}
if (mode === 'garbage') console.log('canary on stdout')
else {
  const status = { token: `token-${runs + 1}`, ...(expirationTimestamp ? { expirationTimestamp } : {}) }
  console.log(
    JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status }),
  )
}
