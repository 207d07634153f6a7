import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAddress, readNumber, writeAddress } from './address'
import {
  type Choice,
  dimensionNames,
  dimensions,
  markNames,
  presetNames,
  rangeNames,
  ranges,
  type Sort,
  sortNames,
  type ViewFilter,
} from './filter'
import { fromSessionFilter, toSessionFilter, toSessionOrder } from './session-filter'
import { writeVerdict } from './verdict'

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
const range = (end: fc.Arbitrary<number>) =>
  fc
    .record({ min: fc.option(end), max: fc.option(end) })
    .filter(({ min, max }) => min !== null || max !== null)
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
const score = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const filters: fc.Arbitrary<ViewFilter> = fc.record({
  search: text,
  choices: named(dimensionNames, (name) => choice('byId' in dimensions[name] ? fc.uuid() : text)),
  labels: choice(text.map((value) => `key:${value}`)),
  verdicts: choice(fc.tuple(name, text).map(([of, label]) => writeVerdict(of, label))),
  scores: fc.dictionary(name, range(score)),
  time: fc.oneof(
    fc.constant(null),
    fc.constantFrom(...presetNames).map((preset) => ({ preset })),
    fc.record({ from: moment, to: fc.option(moment) }),
    fc.record({ from: fc.constant(null), to: moment }),
  ),
  ranges: named(rangeNames, (name) => fc.option(range(number(ranges[name].whole)))),
  marks: named(markNames, () => fc.option(fc.boolean())),
  archived: fc.constantFrom('ACTIVE' as const, 'ARCHIVED' as const, 'ANY' as const),
  workload: fc.boolean(),
  sort: fc.oneof(
    fc.constantFrom(...sortNames),
    name.map((of): Sort => `score:${of}`),
  ),
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
          fc.constantFrom(
            'q',
            'agent',
            'not.agent',
            'owner',
            'label',
            'last',
            'from',
            'cost',
            'mine',
            'sort',
          ),
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

const judged =
  'annotation=helpfulness&not.annotation=a:b&judge=PERSON&verdict=a%253Ab:bad:ly&not.verdict=tone:rude&score=tone:-1..0.5&sort=score:tone'

test('what annotations must have is asked for in entries of its own, and their names may hold colons', () => {
  const filter = readAddress(new URLSearchParams(judged))
  expect(toSessionFilter(filter, new Date())).toEqual({
    annotations: [
      { name: 'helpfulness' },
      { sources: ['PERSON'] },
      { name: 'a:b', labels: ['bad:ly'] },
      { name: 'tone', score: { min: -1, max: 0.5 } },
    ],
    not: {
      or: [{ annotations: [{ name: 'a:b' }] }, { annotations: [{ name: 'tone', labels: ['rude'] }] }],
    },
  })
  expect(toSessionOrder(filter)).toEqual({ field: 'ANNOTATION_SCORE', direction: 'DESC', annotation: 'tone' })
})

test('a filter that somebody saved elsewhere says the same once it is shown', () => {
  const { sort: _, ...filter } = readAddress(new URLSearchParams(judged))
  const saved = toSessionFilter({ ...filter, sort: 'updated' }, new Date())
  expect(fromSessionFilter(saved)).toEqual({ ...filter, sort: 'updated' })
})
