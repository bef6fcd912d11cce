/** Runs what may print, and sends that to stderr: stdout is for results alone, which others read. */
export const aside = async <A>(run: () => Promise<A>): Promise<A> => {
  const { write } = process.stdout
  process.stdout.write = process.stderr.write.bind(process.stderr)
  try {
    return await run()
  } finally {
    process.stdout.write = write
  }
}
