import type { Call, Dialect } from '../../route.js'
import { checkAccess, readCredential, requireCaller, requireOrganization } from './caller.js'
import { answerRefusal, Refusal } from './errors.js'
import { publicId } from './ids.js'
import { type Mount, pure, sdk } from './mounts.js'
import { describeFailures, securitySchemes } from './openapi.js'
import { readRequest } from './read.js'
import { routesOf } from './routes.js'

/** The organization sessions API, exactly as published. */
export const everruns = serveAt(pure, {
  name: 'everruns',
  title: 'Organization sessions API',
  description: 'Sessions in all workspaces of the organization that a key belongs to.',
})

/** The same for SDKs, whose base URL ends in `/everruns-sdk` (contract 1.2). */
export const everrunsSdk = serveAt(sdk, {
  name: 'everruns-sdk',
  title: 'Organization sessions API for SDKs',
  description: 'The organization sessions API with the members that its SDKs read besides.',
})

function serveAt(mount: Mount, words: Pick<Dialect, 'name' | 'title' | 'description'>): Dialect {
  return {
    ...words,
    face: 'everruns',
    version: '1',
    mount: mount.base,
    routes: routesOf(mount),
    ignoresTrailingSlash: false,
    headers: { 'Cache-Control': 'no-store' },
    securitySchemes,
    tags: [{ name: mount.tag, description: words.description }],
    parameters: { id: publicId('session').openapi({ description: 'Id of the session.' }) },
    describeFailures,
    readCredential,
    admit: requireOrganization,
    read: readRequest,
    checkAccess,
    refuseRoute,
    answerRefusal,
  }
}

/** Who calls is asked before the path is judged (contract 2.5). */
async function refuseRoute(call: Call, methods: readonly string[]): Promise<never> {
  await requireCaller(call)
  if (methods.length === 0) throw new Refusal(404, 'Not found')
  throw new Refusal(405, 'Method not allowed', { Allow: methods.join(', ') })
}
