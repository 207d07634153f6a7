import type { Call, Dialect, RawRequest, Route } from '../../route.js'
import { requireScope, workspaceOf } from './declare.js'
import {
  CheckAccessDocument,
  CheckKeyDocument,
  CheckOrganizationDocument,
  type SessionAct,
} from './documents.generated.js'
import { answerRefusal, Refusal } from './errors.js'
import { describeFailures, securitySchemes, tags } from './openapi.js'
import { parameters } from './path.js'
import { readRequest } from './read.js'
import { routes } from './routes.js'
import { requireSdkVersion } from './sdk-version.js'

/** The workspace sessions API. */
export const dreadnode: Dialect = {
  name: 'dreadnode',
  face: 'dreadnode',
  title: 'Workspace sessions API',
  description: 'Sessions of AI agents in one workspace: lists, facets, transcripts and what is done to them.',
  version: '1',
  mount: '/api/v1',
  routes,
  ignoresTrailingSlash: true,
  headers: { 'Cache-Control': 'private, no-store' },
  securitySchemes,
  tags,
  parameters,
  describeFailures,
  readCredential,
  admit: requireSdkVersion,
  read: readRequest,
  checkAccess,
  refuseRoute: () => {
    throw new Refusal('NOT_FOUND', 'Not found')
  },
  answerRefusal,
}

/** `X-API-Key`, or else the value of `Authorization: Bearer`. */
function readCredential(headers: Headers): string | null {
  const key = headers.get('x-api-key')
  if (key) return key
  return /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null
}

/** 401, 429, 404 of the place and 403 of the role come before whatever is wrong with the content (contract 1.8). */
async function checkAccess({ execute, method }: Call, { params }: RawRequest, route: Route): Promise<void> {
  const { org, workspace } = params
  if (route.forAnybody) return
  if (org === undefined) {
    await execute(CheckKeyDocument, {})
  } else if (workspace === undefined || route.permission === undefined) {
    const { viewer } = await execute(CheckOrganizationDocument, { organization: org })
    requireScope(viewer, method === 'GET' || method === 'HEAD' ? 'sessions:read' : 'sessions:write')
  } else {
    const act = route.permission as SessionAct
    const allowed = await execute(CheckAccessDocument, { ...workspaceOf({ org, workspace }), act })
    if (!allowed.workspace.viewerCan) throw new Refusal('FORBIDDEN', 'This role or key may not do this')
  }
}
