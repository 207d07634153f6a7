import type { GraphQLResolveInfo } from 'graphql'
import { expect, test } from 'vitest'
import { unauthenticated } from '../../domain/errors.js'
import { countItems } from '../limits/item-limit.js'
import { schema } from '../schema.js'
import { forAnybody } from './admission.js'

const rootFields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
  Object.values(type?.getFields() ?? {}).map((field) => [`${type?.name}.${field.name}`, field] as const),
)

test.each(rootFields.filter(([name]) => !forAnybody.has(name)))(
  '%s refuses who is not known before it looks at anything',
  async (_name, { resolve }) => {
    const refusal = unauthenticated('Invalid API key')
    const context = { caller: () => Promise.reject(refusal), items: countItems() }
    const arguments_ = new Proxy({}, { get: () => expect.fail('looked at an argument') })
    await expect(resolve?.({}, arguments_, context, {} as GraphQLResolveInfo)).rejects.toBe(refusal)
  },
)

test('what anybody may ask is there, and leads a program to a key: no more', () => {
  const names = rootFields.map(([name]): string => name)
  expect([...forAnybody].filter((name) => !names.includes(name))).toEqual([])
  expect([...forAnybody].filter((name) => !/deviceLogin|DeviceLogin|DeviceCode/.test(name))).toEqual([])
})
