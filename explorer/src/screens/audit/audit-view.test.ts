import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { presetNames } from '../../view/filter'
import { auditActs } from './acts.generated'
import { type AuditView, everything, readAuditView, toAuditFilter, writeAuditView } from './audit-view'

const moments = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
const views: fc.Arbitrary<AuditView> = fc.record({
  time: fc.oneof(
    fc.constant(null),
    fc.constantFrom(...presetNames).map((preset) => ({ preset })),
    fc
      .tuple(orNull(moments), orNull(moments))
      .map(([from, to]) => (from === null && to === null ? null : { from, to })),
  ),
  acts: fc.subarray([...auditActs]),
  outcome: orNull(fc.constantFrom('DONE' as const, 'REFUSED' as const)),
  user: orNull(fc.uuid()),
  key: orNull(fc.string({ minLength: 1 })),
  subject: orNull(fc.uuid()),
})

describe('the audit in an address', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(views, (view) => {
        const address = writeAuditView(view).toString()
        expect(readAuditView(new URLSearchParams(address))).toEqual(view)
      }),
    )
  })

  test('leaves out what cannot be read', () => {
    const params = new URLSearchParams('act=fly&outcome=maybe&actor=maya&subject=1&last=soon&key=')
    expect(readAuditView(params)).toEqual(everything)
  })

  test('asks for the workspace alone, and for a span up to now', () => {
    const now = new Date('2026-03-01T12:00:00Z')
    const filter = toAuditFilter({ ...everything, time: { preset: '24h' } }, 'w', now)
    expect(filter).toMatchObject({
      workspaceId: 'w',
      acts: null,
      since: '2026-02-28T12:00:00.000Z',
      until: null,
    })
  })
})
