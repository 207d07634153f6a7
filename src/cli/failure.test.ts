import { expect, test } from 'vitest'
import { readCliFailure } from './failure.js'

test.each([
  [
    { name: 'ExitStatus', message: 'Program terminated with exit(1)', status: 1 },
    'Program terminated with exit(1).',
  ],
  [{ status: 1 }, '{ status: 1 }.'],
  ['The engine gave up', 'The engine gave up.'],
  [undefined, 'undefined.'],
  [null, 'null.'],
  [new Error(''), 'Something failed without saying what.'],
])('whatever is thrown, an Error or not, is told in words: %o', (thrown, sentence) => {
  expect(readCliFailure(thrown).sentence).toBe(sentence)
})
