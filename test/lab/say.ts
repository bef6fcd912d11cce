/** Tells on stderr what the lab is doing, with the seconds since the command began. */
export const say = (what: string): void => {
  process.stderr.write(`lab ${(performance.now() / 1000).toFixed(1).padStart(6)} s  ${what}\n`)
}
