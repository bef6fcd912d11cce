import { testSweep } from './sweeps.js'

testSweep('a server that is slow or gone', ['late', 'frozen', 'down'])
