import { expect, test } from 'vitest'
import { currentRequestId, redactCredentials, withRequestId } from './log.js'

test('a request id holds for everything that a request starts, and for nothing else', async () => {
  const seen = await Promise.all(
    ['a', 'b'].map((id) =>
      withRequestId(id, async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        return currentRequestId()
      }),
    ),
  )
  expect(seen).toEqual(['a', 'b'])
  expect(currentRequestId()).toBeUndefined()
})

test('no key, bearer token or password of a database reaches the log', () => {
  expect(redactCredentials('key sgw_demo_admin, Authorization: Bearer eyJ.a-b_c')).toBe(
    'key sgw_[redacted], Authorization: Bearer [redacted]',
  )
  expect(redactCredentials('key sgw_Ab-Cd_-eF-, then')).toBe('key sgw_[redacted], then')
  expect(redactCredentials('cannot reach postgresql://gateway:hunter2@db:5432/x')).toBe(
    'cannot reach postgresql://gateway:[redacted]@db:5432/x',
  )
})

test('fields that hold credentials are hidden at any depth', () => {
  const line = { req: { headers: { authorization: 'x"y', Cookie: ['a', 'b'] } }, password: 'p', tokens: 3 }
  expect(JSON.parse(redactCredentials(JSON.stringify(line)))).toEqual({
    req: { headers: { authorization: '[redacted]', Cookie: '[redacted]' } },
    password: '[redacted]',
    tokens: 3,
  })
})
