import fc from 'fast-check'
import { expect, test } from 'vitest'
import { greatestUnits, leastUnits, toDecimal } from './number-bounds.js'

/** Bounds as people write them, as answers show them, and at the ends of what floats can hold. */
const bounds = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
  fc.integer({ min: -5, max: 2_000_000_000 }),
  fc.constantFrom(0, -0, 0.1, 0.2, 0.3, 1e-12, 5e-324, 2 ** 53, 2 ** 53 + 2, 2 ** 60, 2 ** -20),
  fc.integer({ min: -40, max: 60 }).map((power) => 2 ** power),
)

const law = (scale: number) =>
  fc.property(bounds, fc.integer({ min: -3, max: 3 }), (bound, step) => {
    for (const [units, isIn] of [
      [leastUnits(bound, scale), (float: number) => float >= bound],
      [greatestUnits(bound, scale), (float: number) => float <= bound],
    ] as const) {
      const side = isIn(Number.POSITIVE_INFINITY) ? 1n : -1n
      const near = units + BigInt(step)
      expect(isIn(Number(toDecimal(near, scale)))).toBe((near - units) * side >= 0n)
    }
  })

test.each([0, 12])('a bound of %i places holds exactly what is shown within it', (scale) => {
  fc.assert(law(scale), { numRuns: 3000 })
})

test('a decimal has all its places', () => {
  expect([toDecimal(5n, 0), toDecimal(-5n, 12), toDecimal(1_500_000_000_000n, 12)]).toEqual([
    '5',
    '-0.000000000005',
    '1.500000000000',
  ])
})
