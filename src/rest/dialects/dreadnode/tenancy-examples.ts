import type { z } from '@hono/zod-openapi'
import type {
  OrganizationResponse,
  ProjectResponse,
  UserResponse,
  WorkspaceResponse,
} from './look-up-shapes.js'

const times = { created_at: '2026-01-05T08:00:00.000000Z', updated_at: '2026-01-05T08:00:00.000000Z' }

export const userExample: z.input<typeof UserResponse> = {
  id: '3f2b8c1e-5d4a-4b6f-9c7d-8e9f0a1b2c3d',
  email_address: 'ana@acme.example',
  username: 'ana',
  full_name: 'Ana Lima',
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

export const organizationExample: z.input<typeof OrganizationResponse> = {
  id: 'c0a8012e-4f6b-4a7c-8d9e-1f2a3b4c5d6e',
  name: 'Acme',
  key: 'acme',
  description: null,
  is_active: true,
  allow_external_invites: false,
  max_members: 0,
  member_count: 4,
  plan_type: null,
  permissions: { create_workspace: false, manage_members: false },
  can_manage_members: false,
  ...times,
  effective_max_sandbox_runtime_seconds: 0,
  effective_default_sandbox_runtime_seconds: 0,
  platform_max_sandbox_runtime_seconds: 0,
  platform_default_sandbox_runtime_seconds: 0,
  max_sandbox_runtime_source_level: 'platform',
  default_sandbox_runtime_source_level: 'platform',
}

export const workspaceExample: z.input<typeof WorkspaceResponse> = {
  id: '7a1d3c5e-9f20-4b42-8d64-a6c8e0f21436',
  name: 'Main',
  key: 'main',
  description: null,
  created_by: null,
  org_id: organizationExample.id,
  org_name: 'Acme',
  is_active: true,
  is_default: true,
  project_count: 2,
  ...times,
}

export const projectExample: z.input<typeof ProjectResponse> = {
  id: '8b2e4d6f-a031-4c53-9e75-b7d9f1032547',
  key: 'login',
  name: 'Login',
  description: null,
  workspace_id: workspaceExample.id,
  is_default: false,
  runtime_count: 0,
  ...times,
  resource_counts: { sessions: 3, sandboxes: 0, evaluations: 0, airt_assessments: 0 },
}
