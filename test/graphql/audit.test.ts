import { serverAudits } from 'graphql-http'
import { describe, expect, test } from 'vitest'
import { createTestYoga } from '../support/seed.js'

// The header says that the request is no cross-site form; without it GET and simple content types are refused.
const fetchThrough = async (url: string, init: RequestInit = {}) => {
  const yoga = await createTestYoga()
  return yoga.fetch(url, {
    ...init,
    headers: { 'graphql-require-preflight': '1', ...(init.headers as object) },
  })
}

const audits = serverAudits({ url: 'http://gateway.test/graphql', fetchFn: fetchThrough })

describe('GraphQL over HTTP', () => {
  test('has all 61 audits', () => expect(audits).toHaveLength(61))

  test.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_name, audit) => {
    const result = await audit.fn()
    expect(result.status, 'reason' in result ? result.reason : undefined).toBe('ok')
  })
})
