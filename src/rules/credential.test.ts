import { describe, expect, test } from 'vitest'
import { readKey } from './credential.js'

describe('the key that a request gives', () => {
  test.each<{ name: string; headers: Record<string, string>; key: string | null }>([
    { name: 'the value of X-API-Key', headers: { 'x-api-key': 'sg_one' }, key: 'sg_one' },
    { name: 'the value of a bearer', headers: { authorization: 'Bearer sg_two' }, key: 'sg_two' },
    {
      name: 'a bearer in any case, with spaces around its value',
      headers: { authorization: 'bEARER   sg_two  ' },
      key: 'sg_two',
    },
    {
      name: 'X-API-Key before a bearer',
      headers: { 'x-api-key': 'sg_one', authorization: 'Bearer sg_two' },
      key: 'sg_one',
    },
    {
      name: 'the bearer where X-API-Key is empty',
      headers: { 'x-api-key': '', authorization: 'Bearer sg_two' },
      key: 'sg_two',
    },
    { name: 'none where another scheme is named', headers: { authorization: 'Basic c2c6c2c=' }, key: null },
    {
      name: 'none where the scheme only ends in Bearer',
      headers: { authorization: 'XBearer sg_two' },
      key: null,
    },
    { name: 'none where nothing follows the scheme', headers: { authorization: 'Bearer ' }, key: null },
    { name: 'none where no space follows the scheme', headers: { authorization: 'Bearersg_two' }, key: null },
    {
      name: 'none where two values follow the scheme',
      headers: { authorization: 'Bearer sg_two sg_three' },
      key: null,
    },
    { name: 'none without either header', headers: {}, key: null },
  ])('is $name', ({ headers, key }) => {
    expect(readKey(new Headers(headers))).toBe(key)
    // Headers trims its values, and what a server hands on may not.
    expect(readKey({ get: (name) => headers[name] ?? null })).toBe(key)
  })

  test('is looked for elsewhere only where both headers are missing', () => {
    const asked: unknown[] = []
    const elsewhere = (headers: unknown) => {
      asked.push(headers)
      return 'sg_three'
    }
    expect(readKey(new Headers({ 'x-api-key': 'sg_one' }), elsewhere)).toBe('sg_one')
    expect(readKey(new Headers({ authorization: 'Basic c2c6c2c=' }), elsewhere)).toBeNull()
    expect(asked).toEqual([])
    const headers = new Headers()
    expect(readKey(headers, elsewhere)).toBe('sg_three')
    expect(asked).toEqual([headers])
    expect(readKey(headers, () => null)).toBeNull()
  })
})
