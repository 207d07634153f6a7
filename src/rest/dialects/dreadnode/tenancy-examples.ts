import { toOrganization, toProject, toUser, toWorkspace } from './look-up-shapes.js'

const times = { created_at: '2026-01-05T08:00:00.000Z', updated_at: '2026-01-05T08:00:00.000Z' }

export const userExample = toUser({
  id: '3f2b8c1e-5d4a-4b6f-9c7d-8e9f0a1b2c3d',
  email: 'ana@acme.example',
  username: 'ana',
  full_name: 'Ana Lima',
})

export const organizationExample = toOrganization({
  id: 'c0a8012e-4f6b-4a7c-8d9e-1f2a3b4c5d6e',
  name: 'Acme',
  key: 'acme',
  description: null,
  member_count: 4,
  ...times,
})

export const workspaceExample = toWorkspace(
  {
    id: '7a1d3c5e-9f20-4b42-8d64-a6c8e0f21436',
    name: 'Main',
    key: 'main',
    description: null,
    is_default: true,
    project_count: 2,
    ...times,
  },
  organizationExample,
)

export const projectExample = toProject(
  {
    id: '8b2e4d6f-a031-4c53-9e75-b7d9f1032547',
    key: 'login',
    name: 'Login',
    description: null,
    is_default: false,
    session_count: 3,
    ...times,
  },
  workspaceExample.id,
)
