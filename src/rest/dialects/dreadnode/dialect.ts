import { readKey } from '../../../rules/credential.js'
import type { Call, Dialect, RawRequest, Route } from '../../route.js'
import { requireScope, workspaceOf } from './declare.js'
import {
  CheckAccessDocument,
  CheckKeyDocument,
  CheckOrganizationDocument,
  type Permission,
} from './documents.generated.js'
import { answerRefusal, Refusal } from './errors.js'
import { describeFailures, securitySchemes, tags } from './openapi.js'
import { parameters } from './path.js'
import { readRequest } from './read.js'
import { routes } from './routes.js'

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
  readCredential: (headers) => readKey(headers),
  admit: requireSdkVersion,
  read: readRequest,
  checkAccess,
  refuseRoute: () => {
    throw new Refusal('NOT_FOUND', 'Not found')
  },
  answerRefusal,
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
    const permission = route.permission as Permission
    const allowed = await execute(CheckAccessDocument, {
      ...workspaceOf({ org, workspace }),
      act: permission,
    })
    if (allowed.workspace.viewerCan) return
    // Every role may read.
    if (permission === 'SESSION_READ') requireScope({ scopes: [] }, 'sessions:read')
    throw new Refusal('FORBIDDEN', 'This role or key may not do this')
  }
}

/** Refuses SDKs older than the operator allows; other clients and unreadable versions pass (contract 1.9). */
function requireSdkVersion({ headers, settings: { minSdkVersion } }: Call): void {
  if (minSdkVersion === null) return
  const sent = /^dreadnode-sdk\/(\S+)/.exec(headers.get('user-agent') ?? '')?.[1]
  const [version, least] = [readVersion(sent ?? ''), readVersion(minSdkVersion)]
  if (version === null || least === null || compareVersions(version, least) >= 0) return
  throw new Refusal('UPGRADE_REQUIRED', `dreadnode-sdk ${minSdkVersion} or newer is required`)
}

interface Version {
  release: number[]
  /** Of a pre-release, its identifiers. */
  pre: string[]
}

function readVersion(text: string): Version | null {
  const match = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/.exec(text)
  return match && { release: match.slice(1, 4).map(Number), pre: match[4]?.split('.') ?? [] }
}

/** Semantic version order: a pre-release comes before its release. */
function compareVersions(a: Version, b: Version): number {
  for (const [index, part] of a.release.entries()) {
    const difference = part - (b.release[index] ?? 0)
    if (difference !== 0) return difference
  }
  if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length
  for (const [index, left] of a.pre.entries()) {
    const right = b.pre[index]
    if (right === undefined) return 1
    if (left !== right) return compareIdentifiers(left, right)
  }
  return a.pre.length - b.pre.length
}

function compareIdentifiers(left: string, right: string): number {
  const [leftNumber, rightNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)]
  if (leftNumber && rightNumber) return Number(left) - Number(right)
  if (leftNumber !== rightNumber) return leftNumber ? -1 : 1
  return left < right ? -1 : 1
}
