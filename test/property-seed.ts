import fc from 'fast-check'

/**
 * The same inputs in each run of all tests, so that it fails for what was changed and for nothing else.
 * `PROPERTY_SEED=$RANDOM npm test` draws others; a file by itself, `npx tsx FILE`, draws new ones each time.
 */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED || 328) })
