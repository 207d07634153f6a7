import type { ModelStore } from '../../db/sql.js'
import { actOnSession } from '../../domain/acting/acts.js'
import { saveSession } from '../../domain/acting/save.js'
import { getProject } from '../../domain/project/find.js'
import { defaultProject } from '../../domain/tenancy/create-workspaces.js'
import { appendTranscript } from '../../domain/transcript/append.js'
import { fromTerminal, keyScopes, type Viewer, type WorkspaceAccess } from '../../domain/viewer.js'
import { systemPrompts } from './agents.js'
import { backdate } from './backdate.js'
import { type ExpandedScenario, expand } from './expand.js'
import type { Scenario } from './scenario.js'
import { consoleScenarios } from './scenarios/console.js'
import { dependencyScenarios } from './scenarios/dependencies.js'
import { evalScenarios } from './scenarios/evals.js'
import { paymentsScenarios } from './scenarios/payments.js'
import { plannerScenarios } from './scenarios/planner.js'
import { platformScenarios } from './scenarios/platform.js'
import {
  type DemoUsername,
  type DemoWorkspace,
  demoId,
  demoOrganization,
  demoUsers,
  demoWorkspaces,
} from './tenant.js'

/** Every session of the demo, by workspace. */
const scenarios: Record<DemoWorkspace, readonly Scenario[]> = {
  main: [...paymentsScenarios, ...consoleScenarios, ...platformScenarios, ...dependencyScenarios],
  research: [...evalScenarios, ...plannerScenarios],
}

/** Writes the sessions of the demo by the gateway's own rules, then gives them their past. */
export async function createSessions(store: ModelStore, now: Date): Promise<void> {
  const made: ExpandedScenario[] = []
  for (const [workspace, ofWorkspace] of Object.entries(scenarios) as [
    DemoWorkspace,
    typeof scenarios.main,
  ][]) {
    for (const [index, scenario] of ofWorkspace.entries()) {
      const session = expand(scenario, `${workspace}/${scenario.title ?? index}`, now)
      await createSession(store, workspace, session)
      made.push(session)
    }
  }
  await backdate(store, made, now)
}

async function createSession(
  store: ModelStore,
  workspace: DemoWorkspace,
  session: ExpandedScenario,
): Promise<void> {
  const viewer = viewerOf(session.by)
  const access = accessOf(session.by, workspace)
  const { id, agent, model, messages, origin = 'user' } = session
  const project = await getProject(store, access, session.project ?? defaultProject.slug)
  await saveSession(store, viewer, access, {
    id,
    agent,
    model,
    title: session.title,
    labels: session.labels,
    messageCount: messages.length,
    // Other origins come from systems that the save operation does not serve.
    origin: origin === 'eval' || origin === 'worker' ? origin : 'user',
    visibility: session.seen === 'from the start' ? 'workspace' : 'private',
    projectId: project.id,
    groupId: session.group ? demoId(`group/${session.group}`) : null,
  })
  const context = { model, agent, systemPrompt: systemPrompts[agent ?? ''] ?? null }
  const rows = messages.map(({ at: _, ...message }) => message)
  if (rows.length > 0) await appendTranscript(store, viewer, access, id, rows, context)
  const act = (name: 'share' | 'freeze' | 'archive') => actOnSession(store, viewer, access, name, id)
  if (session.seen === 'shared later') await act('share')
  if (session.frozen) await act('freeze')
  if (session.archived) await act('archive')
}

function viewerOf(username: DemoUsername): Viewer {
  return {
    keyId: demoId('key/none'),
    keyPrefix: null,
    from: fromTerminal,
    organizationId: demoOrganization.id,
    userId: demoUsers[username].id,
    workspaceId: null,
    defaultWorkspaceId: null,
    scopes: new Set(keyScopes),
  }
}

function accessOf(username: DemoUsername, slug: DemoWorkspace): WorkspaceAccess {
  const { id: workspaceId, name } = demoWorkspaces[slug]
  const roles: Partial<Record<DemoWorkspace, WorkspaceAccess['role']>> = demoUsers[username].roles
  const role = roles[slug]
  if (role === undefined) throw new Error(`${username} has no role in ${slug}`)
  const [createdAt, updatedAt] = [new Date(0), new Date(0)]
  return {
    organizationId: demoOrganization.id,
    workspaceId,
    slug,
    name,
    description: null,
    role,
    isDefault: slug === 'main',
    createdAt,
    updatedAt,
  }
}
