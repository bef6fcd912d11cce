import { testSweep } from './sweeps.js'

testSweep('a server that refuses', ['403', '409', '410', '429', '500', '503'])
