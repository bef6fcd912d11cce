import { suite } from 'uvu'
import { refusal } from './refusal.js'

const misread = suite('hints on misread joints')
const refuses = refusal(misread)

refuses('has(a))', 6, 'selector-parenthesis', /Remove it/)
refuses('(has(a) && (has(b))', 0, 'selector-parenthesis', /Close it/)
refuses('has(a) & has(b)', 7, 'selector-operator', /`&&`/)
refuses('has(a) AND has(b)', 7, 'selector-operator', /`&&`/)
refuses("a == 'b', c == 'd'", 8, 'selector-operator', /`&&`/)
refuses('has(a) | has(b)', 7, 'selector-operator', /`\|\|`/)
refuses('has(a) Or has(b)', 7, 'selector-operator', /`\|\|`/)
refuses('has(a) has(b)', 7, 'selector-operator', /&& or \|\|/)
refuses("has(a) == 'b'", 7, 'selector-operator', /Write a label before/)
refuses("a == 'it's'", 9, 'selector-quote', /the other kind/)
refuses("a == 'it\\'s'", 10, 'selector-quote', /no escapes/)

misread.run()
