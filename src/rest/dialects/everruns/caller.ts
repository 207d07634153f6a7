import type { Call, Execute, RawRequest, Route } from '../../route.js'
import { CheckCallerDocument } from './documents.generated.js'
import { Refusal } from './errors.js'
import { toPublicId } from './ids.js'

/** The key of a request: bare, or after `Bearer` or `ApiKey` (contract 2.2); null without one. */
export function readCredential(headers: Headers): string | null {
  const words = (headers.get('authorization') ?? '').trim().split(/\s+/)
  const [first = '', second] = words
  if (first === '') return null
  const isScheme = /^(bearer|apikey)$/i.test(first)
  if (words.length === 1 && !isScheme) return first
  if (words.length === 2 && isScheme) return second as string
  throw new Refusal(401, 'Invalid authorization header')
}

/** Refuses an organization other than the key's own (contract 2.3). */
export async function requireOrganization(call: Call): Promise<void> {
  if (call.headers.has('x-org-id')) await requireCaller(call)
}

/** Refuses whoever is unknown, over the limit, or asks for another organization. */
export async function requireCaller({ execute, headers }: Call): Promise<void> {
  const { viewer } = await execute(CheckCallerDocument, {})
  const asked = headers.get('x-org-id')
  if (asked === null) return
  if (!/^org_[0-9a-f]{32}$/.test(asked)) throw new Refusal(401, 'Invalid organization ID')
  if (asked !== toPublicId('org', viewer.organization.uuid)) throw new Refusal(404, 'Organization not found')
}

/** All that comes before a request's content. */
export async function checkAccess(call: Call, _request: RawRequest, route: Route): Promise<void> {
  await requireCaller(call)
  if (route.permission === 'a user') await requireUser(call.execute)
}

/** Refuses a key without a user: pins belong to users (contract 5.7). */
export async function requireUser(execute: Execute): Promise<void> {
  const { viewer } = await execute(CheckCallerDocument, {})
  if (viewer.user === null) throw new Refusal(401, 'Pins belong to users; this key has none')
}
