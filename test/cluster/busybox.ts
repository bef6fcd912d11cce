import type { Program } from '../../src/cluster/memory.js'

/** As much of busybox as the contract uses. */
export const busybox: Program = async ({ command, args, files, signal }) => {
  const [program = '', ...words] = [...command, ...args]
  const exit = (exitCode: number, stdout = '') => ({ exitCode, stdout, stderr: '' })
  switch (program) {
    case 'true':
      return exit(0)
    case 'false':
      return exit(1)
    case 'echo':
      return exit(0, `${words.join(' ')}\n`)

    case 'cat':
      return exit(files.has(words[0] ?? '') ? 0 : 1, files.get(words[0] ?? '') ?? '')
    case 'sleep':
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      return exit(143)
    case 'sh': {
      const lines = [...(words[1] ?? '').matchAll(/echo ([^;]*)/g)].map(([, text]) => `${text?.trim()}\n`)
      return exit(Number(/exit (\d+)/.exec(words[1] ?? '')?.[1] ?? 0), lines.join(''))
    }
    default:
      return { ...exit(127), reason: 'StartError' }
  }
}
