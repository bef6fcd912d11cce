import { suite } from 'uvu'
import { refusal } from './refusal.js'

const misread = suite('hints on misread values')
const refuses = refusal(misread)

refuses('role == web', 8, 'selector-value', /"web"/)
refuses('role == 80', 8, 'selector-value', /"80"/)
refuses('role ==', 7, 'selector-value', /"web"/)
refuses("role === 'web'", 7, 'selector-operator', /`==`/)
refuses("role !== 'web'", 7, 'selector-operator', /`!=`/)
refuses("role == {'web'}", 8, 'selector-value', /in \{/)
refuses("role == ('web')", 8, 'selector-value', /in quotes/)
refuses('role == `web`', 8, 'selector-quote', /no escapes/)
refuses("role == 'web", 8, 'selector-quote', /next quote of its kind/)

refuses("role in ('web')", 8, 'selector-set', /\{"web", "api"\}/)
refuses("role in ['web']", 8, 'selector-set', /\{"web", "api"\}/)
refuses("role in 'web'", 8, 'selector-set', /\{"web", "api"\}/)
refuses('role not in', 11, 'selector-set', /\{"web", "api"\}/)
refuses("role in {'web'", 14, 'selector-set', /Close it with \}/)
refuses("role in {'web')", 14, 'selector-set', /\} instead of \)/)
refuses("role in {'web', web}", 16, 'selector-set', /"web"/)
refuses("role in {'web' 'api'}", 15, 'selector-set', /comma/)
refuses("role in {'web',,'api'}", 15, 'selector-set', /Remove the comma/)
refuses("role in {'web' && has(a)", 15, 'selector-set', /Close it with \}/)

misread.run()
