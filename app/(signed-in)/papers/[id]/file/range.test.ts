import { expect, it } from 'vitest';
import { wantedRange } from './range';

it.each([
  [null, 'whole'],
  ['bytes=0-99', { start: 0, end: 99 }],
  ['bytes=900-', { start: 900, end: 999 }],
  ['bytes=900-5000', { start: 900, end: 999 }],
  ['bytes=-100', { start: 900, end: 999 }],
  ['bytes=-5000', { start: 0, end: 999 }],
  ['bytes=1000-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  // What is not understood, or asks for several parts, is answered whole.
  ['bytes=0-1,5-6', 'whole'],
  ['bytes=9-3', 'whole'],
  ['lines=0-1', 'whole'],
])('%s', (header, wanted) => {
  expect(wantedRange(header, 1000)).toEqual(wanted);
});
