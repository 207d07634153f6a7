import { expect, test, vi } from 'vitest'

test('what reads is asked again where the connection is cut, what writes never', async () => {
  vi.useFakeTimers()
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('removeEventListener', () => {})
  vi.stubGlobal('sessionStorage', { getItem: () => null })
  vi.stubGlobal('document', { querySelector: () => null })
  const fetch = vi.fn(async () => {
    throw new TypeError('Failed to fetch')
  })
  vi.stubGlobal('fetch', fetch)
  const { fetchAnswer } = await import('./answer')
  const timesOf = async (operationKind: 'query' | 'mutation') => {
    fetch.mockClear()
    const request = { id: '0', name: 'asked', operationKind, metadata: {}, text: null, cacheID: '0' } as const
    const asked = expect(fetchAnswer({ ...request }, {})).rejects.toMatchObject({ code: 'UNREACHABLE' })
    await vi.advanceTimersByTimeAsync(6000)
    await asked
    return fetch.mock.calls.length
  }
  expect(await timesOf('query')).toBe(5)
  expect(await timesOf('mutation')).toBe(1)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
