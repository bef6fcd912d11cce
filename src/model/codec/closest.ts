const distance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitute = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(substitute, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    previous = row
  }
  return previous[b.length] ?? 0
}

/** The word that was probably meant: the same in another case, or at most a third of its letters off. */
export const closest = (word: string, known: ReadonlyArray<string>): string | undefined => {
  if (word.length > 64) return undefined
  const lower = word.toLowerCase()
  let best: { readonly word: string; readonly distance: number } | undefined
  for (const candidate of known) {
    const most = Math.ceil(candidate.length / 3)
    // Saves the work where the lengths alone say that it is too far off.
    if (Math.abs(candidate.length - word.length) > most) continue
    const off = distance(lower, candidate.toLowerCase())
    if (off <= most && (best === undefined || off < best.distance)) best = { word: candidate, distance: off }
  }
  return best?.word
}
