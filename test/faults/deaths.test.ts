import { testSweep } from './sweeps.js'

testSweep('a client that is killed', ['dead before', 'dead after'])
