import { expect, test } from 'vitest'
import { DomainError } from './errors.js'
import { readFailure } from './failure.js'

const meaning = (error: unknown) => readFailure(error)?.code ?? null
const state = (code: string) => Object.assign(new Error('of PostgreSQL'), { code })

test.each([
  ...['08000', '08003', '08006', '08P01', '25006', '25P03', '28000', '28P01', '3D000', '40003'],
  ...['53000', '53100', '53200', '53300', '53400', '57P01', '57P02', '57P03', '57P04', '57P05'],
  ...['58000', '58030', '58P01', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH'],
])('%s means that the store is not available', (code) => {
  expect(meaning(state(code))).toBe('UNAVAILABLE')
})

test.each([
  ['57014', 'TIMED_OUT'],
  ['55P03', 'TIMED_OUT'],
  ['25P04', 'TIMED_OUT'],
  ['40001', 'CONFLICT'],
  ['40P01', 'CONFLICT'],
])('%s is %s', (code, expected) => {
  expect(meaning(state(code))).toBe(expected)
})

test.each([
  '42P01',
  '42601',
  '22P02',
  '23505',
  '23514',
  '25001',
  '55000',
  'XX000',
  'P0001',
  'EINVAL',
  '12345',
  '0853100',
])('%s is a bug', (code) => {
  expect(meaning(state(code))).toBeNull()
})

test.each([
  'failure on connection marked as essential: worker:5432',
  'SSL SYSCALL error: EOF detected\ninvalid socket',
  'could not receive data from server: Connection reset by peer',
  'could not send data to server: Broken pipe',
  'no connection to the server\n',
  'terminating connection due to unexpected postmaster exit',
])('a cluster that has lost a node is not available, though it says XX000: %s', (message) => {
  expect(meaning(Object.assign(new Error(message), { code: 'XX000' }))).toBe('UNAVAILABLE')
})

test('a code is found inside of what wraps it, and counts before a sentence', () => {
  const inner = state('53100')
  expect(readFailure(new Error('outer', { cause: { meta: { driverAdapterError: inner } } }))?.message).toBe(
    'The database has no room left to write',
  )
  const sentence = new Error('Connection terminated unexpectedly', { cause: state('57014') })
  expect(meaning(sentence)).toBe('TIMED_OUT')
  expect(meaning(new Error('Connection terminated unexpectedly'))).toBe('UNAVAILABLE')
  expect(readFailure(new DomainError('CONFLICT', 'own'))?.message).toBe('own')
})

test('errors that hold themselves, and what is no error, come to an end', () => {
  const wrapped = (times: number): unknown => (times === 0 ? state('53100') : { cause: wrapped(times - 1) })
  expect([meaning(wrapped(5)), meaning(wrapped(6))]).toEqual(['UNAVAILABLE', null])
  const [own, ownMeta] = [new Error('own'), { meta: {} as Record<string, unknown> }]
  own.cause = own
  ownMeta.meta.driverAdapterError = ownMeta
  expect([own, ownMeta, null, 'a text', { meta: null }, { code: 53100 }].map(meaning)).toEqual(
    Array(6).fill(null),
  )
})
