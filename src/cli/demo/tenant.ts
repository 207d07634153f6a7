import { v5 } from 'uuid'
import type { Role } from '../../db/sql.js'
import { type KeyScope, keyScopes } from '../../domain/viewer.js'

/** Fixed, so that every demo has the same ids. */
const NAMESPACE = 'd3e0a5c2-6f41-4b7e-9c58-2a1f0b9d7e64'

/** The uuid of a thing of the demo. */
export const demoId = (what: string): string => v5(what, NAMESPACE)

export const demoOrganization = { id: demoId('organization/acme'), slug: 'acme', name: 'Acme Robotics' }

export const demoWorkspaces = {
  main: { id: demoId('workspace/main'), name: 'Product Engineering' },
  research: { id: demoId('workspace/research'), name: 'Applied Research' },
}
export type DemoWorkspace = keyof typeof demoWorkspaces

export interface DemoUser {
  id: string
  fullName: string
  email: string
  key: string
  /** What the key is good for, unless `demoScopes`. */
  scopes?: readonly KeyScope[]
  roles: Partial<Record<DemoWorkspace, Role>>
}

/** A demo is there to try everything, also to bring old sessions with their times. */
export const demoScopes: readonly KeyScope[] = ['sessions:read', 'sessions:write', 'sessions:import']

/** By username. Tomás is not in `research`, so that one sees what a missing role hides. */
export const demoUsers = {
  maya: {
    id: demoId('user/maya'),
    fullName: 'Maya Lindqvist',
    email: 'maya@acme.example',
    key: 'sgw_demo_admin',
    scopes: keyScopes,
    roles: { main: 'ADMIN', research: 'ADMIN' },
  },
  tomas: {
    id: demoId('user/tomas'),
    fullName: 'Tomás Ferreira',
    email: 'tomas@acme.example',
    key: 'sgw_demo_writer',
    roles: { main: 'WRITE' },
  },
  priya: {
    id: demoId('user/priya'),
    fullName: 'Priya Raman',
    email: 'priya@acme.example',
    key: 'sgw_demo_writer2',
    roles: { main: 'WRITE', research: 'WRITE' },
  },
  jonas: {
    id: demoId('user/jonas'),
    fullName: 'Jonas Weber',
    email: 'jonas@acme.example',
    key: 'sgw_demo_reader',
    roles: { main: 'READ', research: 'READ' },
  },
} as const satisfies Record<string, DemoUser>
export type DemoUsername = keyof typeof demoUsers

export const demoProjects = {
  'payments-api': { workspace: 'main', name: 'Payments API' },
  'fleet-console': { workspace: 'main', name: 'Fleet Console' },
  platform: { workspace: 'main', name: 'Platform' },
  'agent-evals': { workspace: 'research', name: 'Agent Evals' },
  'route-planner': { workspace: 'research', name: 'Route Planner' },
} as const satisfies Record<string, { workspace: DemoWorkspace; name: string }>
export type DemoProject = keyof typeof demoProjects

export const demoGroups = {
  'dependency-sweep': {
    project: 'platform',
    creator: 'maya',
    kind: 'worker_run',
    title: 'Nightly dependency sweep',
    status: 'completed',
    worker: 'nightly-deps',
    capability: 'acme/dependency-updates',
    daysAgo: 1.3,
  },
  'checkout-rewrite': {
    project: 'payments-api',
    creator: 'tomas',
    kind: 'workflow',
    title: 'Move checkout to idempotent charges',
    status: 'running',
    worker: null,
    capability: null,
    daysAgo: 9,
  },
} as const satisfies Record<
  string,
  {
    project: DemoProject
    creator: DemoUsername
    kind: 'worker_run' | 'workflow'
    title: string
    status: 'completed' | 'running'
    worker: string | null
    capability: string | null
    daysAgo: number
  }
>
export type DemoGroup = keyof typeof demoGroups
