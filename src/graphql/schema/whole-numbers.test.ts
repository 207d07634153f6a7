import fc from 'fast-check'
import { parseValue } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../schema.js'
import { wholeNumber } from './whole-numbers.js'

const scalars = [wholeNumber('NonNegativeInt', 0), wholeNumber('PositiveInt', 1)]

test.each(scalars)(
  '$name takes every whole number of its range as it is, as a variable and as a literal',
  (scalar) => {
    const whole = fc.oneof(fc.maxSafeNat(), fc.nat(), fc.constantFrom(1, Number.MAX_SAFE_INTEGER))
    fc.assert(
      fc.property(whole, (drawn) => {
        const value = Math.max(drawn, scalar.name === 'PositiveInt' ? 1 : 0)
        expect(scalar.parseValue(value)).toBe(value)
        expect(scalar.parseLiteral(parseValue(String(value)))).toBe(value)
        expect(scalar.serialize(value)).toBe(value)
      }),
    )
  },
)

test.each(scalars)('$name refuses by name whatever is no such number, and cuts nothing to one', (scalar) => {
  const { name } = scalar
  const least = name === 'PositiveInt' ? 1 : 0
  const isWhole = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= least
  const others = fc.oneof(
    fc.constantFrom(
      1e21,
      7.9,
      '0x10',
      '7',
      '',
      ' 5 ',
      true,
      false,
      -1,
      2 ** 53,
      Number.POSITIVE_INFINITY,
      Number.NaN,
    ),
    fc.constantFrom<unknown>([5], [], {}, { valueOf: 5 }, 5n, new Date(5), undefined),
    fc.anything(),
    fc.double(),
  )
  fc.assert(
    fc.property(others, (value) => {
      fc.pre(!isWhole(value))
      expect(() => scalar.parseValue(value)).toThrow(`${name} takes a whole number from ${least} to`)
    }),
  )
  for (const literal of [
    '1e21',
    '7.9',
    '5.0',
    '"7"',
    '"0x10"',
    '[5]',
    '-1',
    '9007199254740992',
    'true',
    '{}',
  ])
    expect(() => scalar.parseLiteral(parseValue(literal))).toThrow(
      `${name} takes a whole number from ${least} to 9007199254740991`,
    )
})

test('a literal of either sign of zero is zero', () => {
  expect(Object.is(scalars[0]?.parseLiteral(parseValue('-0')), 0)).toBe(true)
  expect(Object.is(scalars[0]?.parseValue(-0), 0)).toBe(true)
})

test('every scalar of the schema that reads numbers is one whose refusals are known', () => {
  const leaves = Object.values(schema.getTypeMap()).filter(
    (type) => 'parseValue' in type && !('getValues' in type) && !type.name.startsWith('__'),
  )
  const takesNumbers = leaves.filter((type) => {
    try {
      return (type as (typeof scalars)[0]).parseValue(5) !== undefined
    } catch {
      return false
    }
  })
  // ID takes a number as its digits, JSON as any value.
  expect(takesNumbers.map(({ name }) => name).sort()).toEqual([
    'Float',
    'ID',
    'Int',
    'JSON',
    'NonNegativeInt',
    'PositiveInt',
  ])
})
