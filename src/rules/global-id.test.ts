import { encodeGlobalID } from '@pothos/plugin-relay'
import { expect, test } from 'vitest'
import { globalIdOf } from './global-id.js'

test('a global id is what the schema gives for the same node', () => {
  expect(globalIdOf('Organization', 'o')).toBe(encodeGlobalID('Organization', 'o'))
  expect(globalIdOf('Message', 'o', 's', '7')).toBe(encodeGlobalID('Message', 'o/s/7'))
})
