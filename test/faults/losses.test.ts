import { testSweep } from './sweeps.js'

testSweep('a reply that is lost', ['reset', 'lost reply', 'cut reply', '504 after commit'])
