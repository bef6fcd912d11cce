/**
 * Runs the tasks in their order, `most` at a time. Gives for each a function that waits for its outcome.
 * Real clusters let wait for seconds where nothing is to be done.
 */
export const concurrently = (
  most: number,
  tasks: ReadonlyArray<() => Promise<void>>,
): ReadonlyArray<() => Promise<void>> => {
  const lanes = Array.from({ length: most }, () => Promise.resolve())
  return tasks.map((task, index) => {
    const lane = index % most
    const outcome = (lanes[lane] ?? Promise.resolve()).then(task)
    lanes[lane] = outcome.catch(() => {})
    return () => outcome
  })
}
