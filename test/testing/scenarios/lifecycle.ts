import type { KubeObject } from '../../../src/cluster/port.js'
import { flagged, gnp, np, on, type Scenario, text } from './scenario.js'

const bare: KubeObject = {
  apiVersion: 'crd.projectcalico.org/v1',
  kind: 'GlobalNetworkPolicy',
  metadata: { name: 'default.raw', labels: { theirs: 'x' }, annotations: { note: 'n' } },
  spec: { order: 1, selector: 'all()', types: ['Ingress'] },
}

export const lifecycle: ReadonlyArray<Scenario> = [
  {
    name: 'creates, applies, replaces, gets and deletes',
    steps: [
      on('create', np('a'), gnp('g')),
      on('create', np('a'), gnp('g')),
      on('apply', np('a', { labels: { b: 'c' } }), gnp('g')),
      on('replace', np('a'), gnp('g', { selector: 'all()' })),
      { args: ['get', 'np', 'a', '-n', 'shop', '-o', 'json'] },
      { args: ['get', 'gnp', '-o', 'json'] },
      on('delete', np('a'), gnp('g')),
      on('delete', np('a'), gnp('g')),
    ],
  },
  {
    name: 'counts one kind by name, and several without',
    steps: [
      on('apply', np('a')),
      on('apply', np('a'), np('b')),
      on('delete', np('a'), np('b')),
      on('delete', np('a')),
      on('replace', np('a')),
    ],
  },
  {
    name: 'goes on after a failure, and counts the rest',
    steps: [
      on('create', np('b')),
      on('create', np('a'), np('b'), np('c'), np('d')),
      on('create', np('a'), np('e')),
      on('delete', np('a'), np('x'), np('c')),
      on('replace', np('x'), np('b')),
      on('replace', np('b'), np('x')),
      on('replace', np('x'), np('y')),
    ],
  },
  {
    name: 'skips what it is told to',
    steps: [
      on('create', np('a')),
      flagged(on('create', np('a'), np('b')), '--skip-exists'),
      flagged(on('delete', np('a'), np('x')), '--skip-not-exists'),
      flagged(on('delete', np('x')), '-s'),
      flagged(text('\n'), '--skip-empty'),
    ],
  },
  {
    name: 'keeps labels that are its own as labels, and all others in the annotation',
    steps: [
      on(
        'apply',
        np('a', {
          labels: { team: 'x', 'x.projectcalico.org/y': 'z' },
          annotations: { 'projectcalico.org/n': '1', o: '<&>' },
        }),
      ),
      on('apply', np('a', { labels: { 'x.projectcalico.org/y': 'w' } })),
      on('apply', np('a')),
      { args: ['get', 'np', 'a', '-n', 'shop', '-o', 'json'] },
      on(
        'create',
        np('b', {
          ownerReferences: [],
          finalizers: ['x/y'],
          uid: '4c1b1d8e-58b8-4a4e-9f0e-0f5c7b2f8a11',
          generation: 7,
        }),
      ),
    ],
  },
  {
    name: 'takes over what others made',
    options: { objects: [bare] },
    steps: [{ args: ['get', 'gnp', 'raw', '-o', 'json'] }, on('apply', gnp('raw')), on('delete', gnp('raw'))],
  },
  {
    name: 'replaces only the version that it is given',
    steps: [
      on('create', np('a')),
      on('replace', np('a', { resourceVersion: '1' })),
      on('apply', np('a', { resourceVersion: '1' })),
      on('apply', np('b', { resourceVersion: '1' })),
      on('create', np('c', { resourceVersion: '1' })),
    ],
  },
]
