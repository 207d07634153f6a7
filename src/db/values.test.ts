import fc from 'fast-check'
import pg from 'pg'
import { expect, test } from 'vitest'
import { literalOf, readMoment, readPlainTexts } from './values.js'

/** As PostgreSQL writes it: without the zeros at the end of the fraction. */
function writeTimestamp(moment: Date): string {
  const [seconds = '', fraction = ''] = moment.toISOString().replace('T', ' ').slice(0, -1).split('.')
  const digits = fraction.replace(/0+$/, '')
  return `${seconds}${digits === '' ? '' : `.${digits}`}+00`
}

test('a timestamp of any year that is stored is read to the millisecond', () => {
  const moments = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(moments, (moment) => {
      expect(readMoment(writeTimestamp(moment))).toEqual(moment)
    }),
    { numRuns: 5000 },
  )
})

test.each([
  ['2026-04-01 00:18:15+00', '2026-04-01T00:18:15.000Z'],
  ['2026-04-01 00:18:15.8+00', '2026-04-01T00:18:15.800Z'],
  ['2026-04-01 00:18:15.860999+00', '2026-04-01T00:18:15.860Z'],
  ['0099-12-31 23:59:59.999+00', '0099-12-31T23:59:59.999Z'],
])('%s is read as %s', (text, iso) => {
  expect(readMoment(text).toISOString()).toBe(iso)
})

test('texts that are read quickly are those that the driver reads', () => {
  const driver = pg.types.getTypeParser(1009 as number)
  const element = fc.oneof(
    fc.constant('NULL'),
    fc.string().map((text) => `"${text.replace(/[\\"]/g, '\\$&')}"`),
    fc.stringMatching(/^[a-z:.-]+$/),
  )
  fc.assert(
    fc.property(fc.array(element), (elements) => {
      const text = `{${elements.join(',')}}`
      expect(readPlainTexts(text) ?? driver(text)).toEqual(driver(text))
    }),
  )
  expect(readPlainTexts('{a:b,c:d}')).toEqual(['a:b', 'c:d'])
  expect(readPlainTexts('{"a b"}')).toBeNull()
})

test.each([
  ['null', null],
  ["'it''s'", "it's"],
  [" E'a\\\\b'", 'a\\b'],
  ["'-3'", -3],
  ["'10'", 10n],
  [` E'{"a","\\\\"","\\\\\\\\"}'`, ['a', '"', '\\']],
  ["'2026-01-02T03:04:05.678Z'", new Date('2026-01-02T03:04:05.678Z')],
  [null, 'a\0b'],
  [null, ['a\0b']],
  [null, [1]],
  [null, new Uint8Array([1])],
])('%s is what stands in a statement for a value', (literal, value) => {
  expect(literalOf(value)).toBe(literal)
})
