import { expect, test } from 'vitest'
import { isBelow } from './least-gateway.js'

test.each([
  ['0.1.0', '0.2.0', true],
  ['0.2.0', '0.2.0', false],
  ['0.10.0', '0.9.9', false],
  ['0.9.9', '0.10.0', true],
  ['1.0.0', '0.99.0', false],
  ['0.2.1', '1.0.0', true],
  ['0.2.0-next.1', '0.2.0', false],
])('version %s beside least %s: below is %s', (version, least, below) => {
  expect(isBelow(version, least)).toBe(below)
})
