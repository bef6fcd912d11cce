import { appendFileSync } from 'node:fs'

/** Loaded into a command by `--import`: writes the peak of its resident memory, in MiB, to the file that PEAK_FILE names. */
process.on('exit', () => {
  appendFileSync(process.env.PEAK_FILE, `${process.resourceUsage().maxRSS / 1024}\n`)
})
