import { expect, test } from 'vitest'
import { openIdToken, sealIdToken } from './browser-session.js'

test('an ID token is sealed each time anew, and opened by the same token of a browser alone', async () => {
  const [first, second] = [await sealIdToken('eyJ.ü.x', 'sgs_one'), await sealIdToken('eyJ.ü.x', 'sgs_one')]
  expect(first).not.toBe(second)
  expect(await openIdToken(first ?? '', 'sgs_one')).toBe('eyJ.ü.x')
  expect(await openIdToken(first ?? '', 'sgs_two')).toBeNull()
  expect(await openIdToken(`${first?.slice(0, -4)}AAAA`, 'sgs_one')).toBeNull()
  expect(await openIdToken('', 'sgs_one')).toBeNull()
})

test('one that makes an address too long is not kept', async () => {
  expect(await sealIdToken('x'.repeat(6000), 'sgs_one')).not.toBeNull()
  expect(await sealIdToken('x'.repeat(6001), 'sgs_one')).toBeNull()
})
