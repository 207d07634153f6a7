import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addUp } from './measures'

test('costs add up to the last of twelve places, whatever their size', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 26n })), (units) => {
      const text = (unit: bigint) => {
        const digits = String(unit).padStart(13, '0')
        return `${digits.slice(0, -12)}.${digits.slice(-12)}`.replace(/\.?0+$/, '')
      }
      const all = units.map((unit) => ({ sessions: 1, totalTokens: 2, totalCostUsd: text(unit) }))
      expect(addUp(all)).toEqual({
        sessions: units.length,
        totalTokens: 2 * units.length,
        totalCostUsd: text(units.reduce((sum, unit) => sum + unit, 0n)),
      })
    }),
  )
})
