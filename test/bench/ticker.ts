/** Tells on stderr how far something is, once a second at most, and nothing of what is over sooner. */
export const ticker = (what: string, of: number): ((done: number) => void) => {
  const start = performance.now()
  let told = start
  return (done) => {
    const now = performance.now()
    if (now - told < 1_000) return
    told = now
    process.stderr.write(`${what}: ${done} of ${of}, ${((now - start) / 1000).toFixed(0)} s\n`)
  }
}
