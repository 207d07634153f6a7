import { z } from '@hono/zod-openapi'
import type {
  OrganizationFieldsFragment,
  ProjectFieldsFragment,
  UserFieldsFragment,
  WorkspaceFieldsFragment,
} from './documents.generated.js'
import { count, id, timestamp, toTimestamp } from './shapes.js'

const text = z.string().nullable()
const seconds = z.int().min(0).openapi({ description: 'Always 0: there are no sandboxes here.' })
const level = z.literal('platform')

export const UserResponse = z
  .object({
    id,
    email_address: z.string(),
    username: z.string(),
    full_name: text,
    first_name: text,
    last_name: text,
    onboarding_complete: z.literal(true),
    email_opt_in: z.literal(false),
    is_platform_admin: z.literal(false),
    features: z.array(z.string()),
    groups: z.array(z.unknown()),
    teams: z.array(z.unknown()),
    limits: z.null(),
  })
  .openapi('UserResponse', { description: 'Whoever calls (contract 12.1).' })

/** A user with the 13 keys of contract 12.1. */
export function toUser({ email, ...user }: UserFieldsFragment): z.input<typeof UserResponse> {
  return {
    ...user,
    email_address: email,
    first_name: null,
    last_name: null,
    onboarding_complete: true,
    email_opt_in: false,
    is_platform_admin: false,
    features: [],
    groups: [],
    teams: [],
    limits: null,
  }
}

export const OrganizationResponse = z
  .object({
    id,
    name: z.string(),
    key: z.string(),
    description: text,
    is_active: z.literal(true),
    allow_external_invites: z.literal(false),
    max_members: z.literal(0),
    member_count: count.openapi({ description: 'Users with a role in any of its workspaces.' }),
    plan_type: z.null(),
    permissions: z.object({ create_workspace: z.literal(false), manage_members: z.literal(false) }),
    can_manage_members: z.literal(false),
    created_at: timestamp,
    updated_at: timestamp,
    effective_max_sandbox_runtime_seconds: seconds,
    effective_default_sandbox_runtime_seconds: seconds,
    platform_max_sandbox_runtime_seconds: seconds,
    platform_default_sandbox_runtime_seconds: seconds,
    max_sandbox_runtime_source_level: level,
    default_sandbox_runtime_source_level: level,
  })
  .openapi('OrganizationResponse', { description: 'The organization of the key (contract 12.2).' })

/** An organization (contract 12.2). */
export function toOrganization(
  organization: OrganizationFieldsFragment,
): z.input<typeof OrganizationResponse> {
  return {
    ...timed(organization),
    is_active: true,
    allow_external_invites: false,
    max_members: 0,
    plan_type: null,
    permissions: { create_workspace: false, manage_members: false },
    can_manage_members: false,
    effective_max_sandbox_runtime_seconds: 0,
    effective_default_sandbox_runtime_seconds: 0,
    platform_max_sandbox_runtime_seconds: 0,
    platform_default_sandbox_runtime_seconds: 0,
    max_sandbox_runtime_source_level: 'platform',
    default_sandbox_runtime_source_level: 'platform',
  }
}

export const WorkspaceResponse = z
  .object({
    id,
    name: z.string(),
    key: z.string(),
    description: text,
    created_by: z.null(),
    org_id: id,
    org_name: z.string(),
    is_active: z.literal(true),
    is_default: z.boolean().openapi({ description: 'Of the organization, not of the key.' }),
    project_count: count,
    created_at: timestamp,
    updated_at: timestamp,
  })
  .openapi('WorkspaceResponse', {
    description: 'A workspace in which the caller has a role (contract 12.2).',
  })

/** A workspace of the organization (contract 12.2). */
export function toWorkspace(
  workspace: WorkspaceFieldsFragment,
  organization: { id: string; name: string },
): z.input<typeof WorkspaceResponse> {
  return {
    ...timed(workspace),
    created_by: null,
    org_id: organization.id,
    org_name: organization.name,
    is_active: true,
  }
}

const none = z.literal(0)

export const ProjectResponse = z
  .object({
    id,
    key: z.string(),
    name: z.string(),
    description: text,
    workspace_id: id,
    is_default: z.boolean(),
    created_at: timestamp,
    updated_at: timestamp,
    runtime_count: none,
    resource_counts: z.object({
      sessions: count.openapi({ description: 'Sessions in it that the caller sees.' }),
      sandboxes: none,
      evaluations: none,
      airt_assessments: none,
    }),
  })
  .openapi('ProjectResponse', { description: 'A project of a workspace (contract 12.3).' })

/** A project of the workspace (contract 12.3). */
export function toProject(
  project: ProjectFieldsFragment & { session_count: number },
  workspaceId: string,
): z.input<typeof ProjectResponse> {
  const { session_count: sessions, ...rest } = timed(project)
  return {
    ...rest,
    workspace_id: workspaceId,
    runtime_count: 0,
    resource_counts: { sessions, sandboxes: 0, evaluations: 0, airt_assessments: 0 },
  }
}

/** The same, its times as this dialect writes them. */
function timed<Thing extends { created_at: string; updated_at: string }>(thing: Thing): Thing {
  return { ...thing, created_at: toTimestamp(thing.created_at), updated_at: toTimestamp(thing.updated_at) }
}

/** What comes first of the things that have a default one: it, then the rest by key. */
export function defaultFirst(
  a: { is_default: boolean; key: string },
  b: { is_default: boolean; key: string },
) {
  if (a.is_default !== b.is_default) return a.is_default ? -1 : 1
  return a.key < b.key ? -1 : 1
}
