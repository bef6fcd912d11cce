import { suite } from 'uvu'
import { refusal } from './refusal.js'

const misread = suite('hints on misread characters')
const refuses = refusal(misread)

refuses("a == 'b' &&\nc == 'd'", 11, 'selector-character', /`>-`/)
refuses("a == 'b'\n", 8, 'selector-character', /`>-`/)
refuses("a\n== 'b'", 1, 'selector-character', /`>-`/)
refuses("a\u00a0== 'b'", 1, 'selector-character', /as a space/)
refuses('\ufeffhas(a)', 0, 'selector-character', /as a space/)
refuses('a == \u200b"b"', 5, 'selector-character', /as a space/)
refuses('a == “b”', 5, 'selector-quote', /"web"/)
refuses('a in {‘b’}', 6, 'selector-quote', /"web"/)

misread.run()
