import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { countRequests } from './metrics.js'

const line = { requestId: 'r', method: 'POST', path: '/graphql', status: 200, ms: 7, bytes: 100 }

test('names that clients make up grow the metrics to a bound, and every request is counted', async () => {
  const registry = new Registry()
  const count = countRequests(registry)
  for (let index = 0; index < 1000; index++) count({ ...line, operation: `Made${index}` })
  const metric = await registry.getSingleMetric('session_gateway_requests_total')!.get()
  const values = metric.values as { labels: { operation: string }; value: number }[]

  expect(values).toHaveLength(201)
  expect(values.reduce((sum, { value }) => sum + value, 0)).toBe(1000)
  expect(values.find(({ labels }) => labels.operation === 'other')?.value).toBe(800)
})

test('the code is that of the first error, else the status of a refusal, else OK; streams have no duration', async () => {
  const registry = new Registry()
  const count = countRequests(registry)
  count({ ...line, operation: 'A' })
  count({ ...line, operation: 'A', code: 'NOT_FOUND' })
  count({ ...line, status: 401 })
  count({ ...line, operation: 'Live', isStream: true, ms: 3_600_000 })
  const text = await registry.metrics()

  expect(text).toContain('session_gateway_requests_total{operation="A",code="OK"} 1')
  expect(text).toContain('session_gateway_requests_total{operation="A",code="NOT_FOUND"} 1')
  expect(text).toContain('session_gateway_requests_total{operation="none",code="401"} 1')
  expect(text).toContain('session_gateway_request_seconds_count{operation="A"} 2')
  expect(text).not.toContain('session_gateway_request_seconds_count{operation="Live"}')
})
