import type { Call, Dialect } from '../../route.js'
import { readCredential, requireCaller, requireOrganization } from './caller.js'
import { answerRefusal, Refusal } from './errors.js'
import { describeFailures, securitySchemes, tags } from './openapi.js'
import { readRequest } from './read.js'
import { listSessions } from './routes/list-sessions.js'

/** The organization sessions API. */
export const everruns: Dialect = {
  name: 'everruns',
  title: 'Organization sessions API',
  description: 'Sessions in all workspaces of the organization that a key belongs to.',
  version: '1',
  mount: '/v1',
  routes: [listSessions],
  ignoresTrailingSlash: false,
  headers: { 'Cache-Control': 'no-store' },
  securitySchemes,
  tags,
  parameters: {},
  describeFailures,
  readCredential,
  admit: requireOrganization,
  read: readRequest,
  checkAccess: requireCaller,
  refuseRoute,
  answerRefusal,
}

/** Who calls is asked before the path is judged (contract 2.5). */
async function refuseRoute(call: Call, methods: readonly string[]): Promise<never> {
  await requireCaller(call)
  if (methods.length === 0) throw new Refusal(404, 'Not found')
  throw new Refusal(405, 'Method not allowed', { Allow: methods.join(', ') })
}
