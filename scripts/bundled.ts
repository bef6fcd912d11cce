/** Packages whose code is in the files of ours. */
export const bundled = ['@noble/hashes', 'fp-ts', 'io-ts', 'yaml']
