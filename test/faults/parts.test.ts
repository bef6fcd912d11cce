import { testSweep } from './sweeps.js'

// Every resource is a part of its own: the run has three Jobs, and one of them two pods.
testSweep('a client of a large set', ['dead after', 'lost reply'], 1)
