import { randomBytes } from 'node:crypto'
import type { Project } from '../../db/sql.js'
import type { Issue } from '../../rules/issue.js'
import { isSlug, MAX_SLUG_LENGTH } from '../../rules/slug.js'
import { findTextIssues } from '../../rules/text.js'
import { isUuid } from '../../rules/uuid.js'
import { invalidInput } from '../errors.js'
import { defaultProject } from '../tenancy/create-workspaces.js'

const MAX_NAME = 255
const MAX_DESCRIPTION = 2000

/** What a client says of a project; absent and null members are unset, or stay as they are. */
export interface ProjectInput {
  name?: string | null
  slug?: string | null
  description?: string | null
}

/** Whether a project is the one that its workspace has always had. */
export function isDefaultProject({ slug }: Pick<Project, 'slug'>): boolean {
  return slug === defaultProject.slug
}

/** Refuses a name that is empty or too long, a key that is no slug, and a description that is too long. */
export function requireSoundProject({ name, slug, description }: ProjectInput): void {
  const [issue, ...issues]: Issue[] = [
    ...findTextIssues(name, ['name'], MAX_NAME),
    ...(name === '' ? [{ path: ['name'], message: 'Takes at least 1 character' }] : []),
    ...(typeof slug === 'string' && !isProjectKey(slug)
      ? [{ path: ['slug'], message: 'Takes up to 63 lower-case letters, digits and hyphens, but no uuid' }]
      : []),
    ...findTextIssues(description, ['description'], MAX_DESCRIPTION),
  ]
  if (issue !== undefined) throw invalidInput(issue, ...issues)
}

/** The key of a project that is given a name alone: its ASCII letters and digits, joined by hyphens. */
export function keyFromName(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const key = words.join('-').slice(0, MAX_SLUG_LENGTH).replace(/-$/, '')
  return isProjectKey(key) ? key : `project-${randomBytes(4).toString('hex')}`
}

/** A project is named by its key or its uuid, so no key looks like a uuid. */
function isProjectKey(text: string): boolean {
  return isSlug(text) && !isUuid(text) && !/^[0-9a-f]{32}$/.test(text)
}
