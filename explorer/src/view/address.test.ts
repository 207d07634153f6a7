import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAddress, readNumber, writeAddress } from './address'
import {
  type Choice,
  dimensionNames,
  markNames,
  presetNames,
  rangeNames,
  ranges,
  sortNames,
  type ViewFilter,
} from './filter'
import { toSessionFilter } from './session-filter'

const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const choice = (value: fc.Arbitrary<string>): fc.Arbitrary<Choice> =>
  fc.uniqueArray(value, { maxLength: 5 }).map((values) => ({ in: values.slice(0, 2), out: values.slice(2) }))
const named = <Name extends string, Value>(
  names: readonly Name[],
  value: (name: Name) => fc.Arbitrary<Value>,
) =>
  fc.record(
    Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, fc.Arbitrary<Value>>,
  ) as unknown as fc.Arbitrary<Record<Name, Value>>
const moment = fc
  .date({ min: new Date('2001-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
const number = (whole: boolean) =>
  whole ? fc.maxSafeNat() : fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(Math.abs)
const filters: fc.Arbitrary<ViewFilter> = fc.record({
  search: text,
  choices: named(dimensionNames, () => choice(text)),
  labels: choice(text.map((value) => `key:${value}`)),
  time: fc.oneof(
    fc.constant(null),
    fc.constantFrom(...presetNames).map((preset) => ({ preset })),
    fc.record({ from: moment, to: fc.option(moment) }),
    fc.record({ from: fc.constant(null), to: moment }),
  ),
  ranges: named(rangeNames, (name) =>
    fc.option(
      fc
        .record({ min: fc.option(number(ranges[name].whole)), max: fc.option(number(ranges[name].whole)) })
        .filter(({ min, max }) => min !== null || max !== null),
    ),
  ),
  marks: named(markNames, () => fc.option(fc.boolean())),
  archived: fc.constantFrom('ACTIVE' as const, 'ARCHIVED' as const, 'ANY' as const),
  workload: fc.boolean(),
  sort: fc.constantFrom(...sortNames),
  descending: fc.boolean(),
})

test('an address says a filter whole: what is written is read again', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const address = writeAddress(filter).toString()
      expect(readAddress(new URLSearchParams(address))).toEqual(filter)
    }),
  )
})

test('any address gives a filter, whose own address gives it again', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom('q', 'agent', 'not.agent', 'label', 'last', 'from', 'cost', 'mine', 'sort'),
          text,
        ),
      ),
      (pairs) => {
        const filter = readAddress(new URLSearchParams(pairs))
        expect(readAddress(writeAddress(filter))).toEqual(filter)
      },
    ),
  )
})

test('values that must not be are refused one by one, not only together', () => {
  const filter = readAddress(
    new URLSearchParams('not.agent=coder&not.model=m&not.label=env:prod&not.label=team:core'),
  )
  expect(toSessionFilter(filter, new Date())).toEqual({
    not: {
      or: [
        { agents: ['coder'] },
        { models: ['m'] },
        { labels: [{ key: 'env', values: ['prod'] }] },
        { labels: [{ key: 'team', values: ['core'] }] },
      ],
    },
  })
})

test.each(['0x10', '1e3', '7.9', '7.0', '+5', '-5', ' 5', '1_000', '٣', '9007199254740993', 'NaN', ''])(
  'no whole number is %j',
  (text) => {
    expect(readNumber(text, true)).toBeNull()
  },
)
