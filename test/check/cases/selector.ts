import { type Case, globalPolicy, ingress, networkPolicy } from './case.js'

const selector = (text: string): object => networkPolicy({ selector: text })
const inRule = (text: string): object => ingress({ source: { selector: text } })
const namespaces = (text: string): object => ingress({ source: { namespaceSelector: text } })
const syntax = (part: string, bad: string, good: string): Case => ({
  rule: `selector-${part}`,
  fact: `the selector ${bad}`,
  refuses: selector(bad),
  takes: selector(good),
  at: 'spec.selector',
})

export const cases: ReadonlyArray<Case> = [
  syntax('operator', "role = 'web'", "role == 'web'"),
  syntax('value', 'role == web', 'role == "web"'),
  syntax('quote', "role == 'web", "role == 'w\"eb'"),
  syntax('set', "role in 'web'", "role in { 'web' }"),
  syntax('parenthesis', '(has(a)', '(has(a))'),
  syntax('condition', 'has(a) &&', 'has(a) && all()'),
  syntax('label', 'has()', 'has(a)'),
  syntax('character', 'has(a)\n&& has(b)', 'has(a)\t&& has(b)'),
  // calicoctl crashes on a malformed namespaceSelector in a rule; check refuses it by the same code as this selector.
  {
    rule: 'selector-value',
    fact: 'a bad selector in a rule',
    refuses: inRule('a == b'),
    takes: inRule("a == 'b'"),
    at: 'spec.ingress[0].source.selector',
  },
  {
    rule: 'selector-value',
    fact: 'a bad namespaceSelector of a policy',
    refuses: globalPolicy({ namespaceSelector: 'a == b' }),
    takes: globalPolicy({ namespaceSelector: "a == 'b'" }),
    at: 'spec.namespaceSelector',
  },
  {
    rule: 'selector-operator',
    fact: 'a bad selector of service accounts',
    refuses: ingress({ source: { serviceAccounts: { selector: "a ~ 'b'" } } }),
    takes: ingress({ source: { serviceAccounts: { selector: '', names: ['b'] } } }),
  },
  {
    rule: 'selector-global',
    fact: 'global() as the selector of a policy',
    refuses: selector('global()'),
    takes: selector('all()'),
  },
  {
    rule: 'selector-global',
    fact: 'global() in quotes, too',
    refuses: inRule("a == 'global()'"),
    takes: inRule("a == 'global'"),
  },
  {
    rule: 'selector-global',
    fact: 'global() in 3.33',
    calico: '3.33',
    refuses: inRule('global()'),
    takes: inRule('all()'),
  },
  {
    rule: 'selector-global',
    fact: 'global() as the namespaceSelector of a policy, not of a rule',
    refuses: globalPolicy({ namespaceSelector: 'global()' }),
    takes: namespaces('global()'),
  },
  {
    rule: 'namespace-selector-global',
    fact: 'global() beside another selector',
    refuses: namespaces('has(a) && global()'),
    takes: namespaces(' global( ) '),
  },
  {
    rule: 'namespace-selector-global',
    fact: 'global() beside another selector in 3.32, which looks at the tokens',
    calico: '3.32',
    refuses: namespaces('has(a) && global()'),
    takes: namespaces(' global( ) '),
  },
  {
    rule: 'selector-too-long',
    fact: 'a selector of 1025 characters from 3.33 on',
    calico: '3.33',
    refuses: inRule(`a == '${'x'.repeat(1018)}'`),
    takes: inRule(`a == '${'x'.repeat(1017)}'`),
  },
  {
    rule: 'selector-too-long',
    fact: '1025 characters, of which some are two to JavaScript, from 3.33 on',
    calico: '3.33',
    refuses: networkPolicy({ selector: `a == '${'😀'.repeat(1018)}'` }),
    takes: networkPolicy({ selector: `a == '${'😀'.repeat(1017)}'` }),
    at: 'spec.selector',
  },
]
