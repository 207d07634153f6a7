import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Slices } from '../slices.js'
import { compare, cutPage } from './lists.js'
import type { FacetRequest } from './request.js'

const value = fc.record({
  value: fc.string({ unit: fc.constantFrom('a', 'B', 'é', '🦊'), maxLength: 3 }),
  count: fc.oneof(fc.nat(3), fc.constantFrom(4095, 4096, 4097, 9000)),
})
const values = fc.uniqueArray(value, { selector: (one) => one.value, maxLength: 12 })

test('a page is what a plain sort cuts, in either direction, behind any cursor of any prefix and any search', async () => {
  await fc.assert(
    fc.asyncProperty(
      values,
      fc.nat(5),
      fc.boolean(),
      fc.option(value),
      fc.option(fc.constantFrom('A', 'É')),
      fc.option(fc.constantFrom('b', 'É', 'aB')),
      async (all, limit, backward, cursor, prefix, search) => {
        const entries = all.map((one) => ({ ...one, name: '', row: null, sums: null }))
        const position = cursor && { ...cursor, name: '' }
        const request = {
          dimension: 'agents',
          position,
          prefix,
          search,
          window: { backward, limit, after: null, before: null },
        }
        const page = await cutPage(
          {
            key: null,
            length: entries.length,
            at: (index) => entries[index] as (typeof entries)[number],
            countAt: (index) => entries[index]?.count ?? 0,
            order: (a, b) => compare(entries[a] as never, entries[b] as never),
            sumsAt: () => null,
          },
          request as unknown as FacetRequest,
          new Slices(),
        )
        const isFound = (text: string) =>
          text.toLowerCase().startsWith((prefix ?? '').toLowerCase()) &&
          text.toLowerCase().includes((search ?? '').toLowerCase())
        const sorted = entries.filter((one) => isFound(one.value)).toSorted(compare)
        const beyond = sorted.filter(
          (one) => position === null || (backward ? compare(one, position) < 0 : compare(one, position) > 0),
        )
        const cut = backward ? beyond.slice(Math.max(0, beyond.length - limit)) : beyond.slice(0, limit)
        if (sorted.length === 0) expect(page).toBeNull()
        else {
          expect(page?.values).toEqual(cut)
          const start = backward ? beyond.length - cut.length : sorted.length - beyond.length
          expect(page).toMatchObject({
            total: sorted.length,
            start,
            stop: backward ? beyond.length : start + cut.length,
          })
        }
      },
    ),
    { numRuns: 500 },
  )
})
