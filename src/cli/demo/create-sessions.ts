import { join, type ModelStore, sql } from '../../db/sql.js'
import { actOnSession } from '../../domain/acting/acts.js'
import { saveSession } from '../../domain/acting/save.js'
import { getProject } from '../../domain/project/find.js'
import { defaultProject } from '../../domain/tenancy/create-workspaces.js'
import { appendTranscript } from '../../domain/transcript/append.js'
import { recountTranscripts } from '../../domain/transcript/recount.js'
import { fromTerminal, keyScopes, type Viewer, type WorkspaceAccess } from '../../domain/viewer.js'
import { systemPrompts } from './agents.js'
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

const hourMs = 3_600_000

/** Moves what was just written to the times it tells of, with the marks that only time or other systems make. */
async function backdate(store: ModelStore, sessions: readonly ExpandedScenario[], now: Date): Promise<void> {
  const organizationId = demoOrganization.id
  const rows = sessions.map((session) => {
    const { shared, archived, frozen, updated } = timesOf(session, now)
    return sql`(${session.id}::uuid, ${session.startedAt}::timestamptz, ${shared}::timestamptz, ${archived}::timestamptz, ${frozen}::timestamptz, ${updated}::timestamptz,
      ${session.titledBy ?? 'person'}::title_source, ${session.origin ?? 'user'}::session_origin,
      ${session.frozen ?? null}::freeze_cause)`
  })
  await store.$executeRaw(sql`
    update sessions s set created_at = v.started, shared_at = v.shared, archived_at = v.archived, frozen_at = v.frozen, updated_at = v.updated,
      title_source = case when s.title is null then null else v.title_source end, origin = v.origin, frozen_by = v.frozen_by
    from (values ${join(rows)})
      as v(id, started, shared, archived, frozen, updated, title_source, origin, frozen_by)
    where s.organization_id = ${organizationId}::uuid and s.id = v.id`)
  await backdateMessages(store, sessions)
  const spoken = sessions.filter(({ messages }) => messages.length > 0)
  await recountTranscripts(
    store,
    organizationId,
    spoken.map(({ id }) => id),
  )
  const pins = sessions.flatMap((session) => (session.pinnedBy ?? []).map((user) => pin(session, user, now)))
  await store.pin.createMany({ data: pins })
}

async function backdateMessages(store: ModelStore, sessions: readonly ExpandedScenario[]): Promise<void> {
  const messages = sessions.flatMap((session) => session.messages)
  await store.$executeRaw(sql`
    update messages m set created_at = v.at
    from unnest(${messages.map(({ id }) => id)}::uuid[], ${messages.map(({ at }) => at.toISOString())}::timestamptz[]) as v(id, at)
    where m.organization_id = ${demoOrganization.id}::uuid and m.id = v.id`)
}

function timesOf({ seen, archived, frozen, startedAt, endedAt }: ExpandedScenario, now: Date) {
  const after = (hours: number) => new Date(Math.min(endedAt.getTime() + hours * hourMs, now.getTime()))
  const times = {
    shared: seen === undefined ? null : seen === 'from the start' ? startedAt : after(0.5),
    frozen: frozen === undefined ? null : after(1),
    archived: archived === undefined ? null : after(40),
  }
  const moments = [endedAt, times.shared, times.frozen, times.archived].map((time) => time?.getTime() ?? 0)
  return { ...times, updated: new Date(Math.max(...moments)) }
}

function pin(session: ExpandedScenario, user: DemoUsername, now: Date) {
  return {
    organizationId: demoOrganization.id,
    sessionId: session.id,
    userId: demoUsers[user].id,
    pinnedAt: timesOf(session, now).updated,
  }
}
