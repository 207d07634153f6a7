import { invalidInput } from '../../domain/errors.js'
import { scopeOf } from '../../domain/session/filter.js'
import { getSession } from '../../domain/session/find.js'
import type { Viewer, WorkspaceAccess } from '../../domain/viewer.js'
import type { Inputs } from './builder.js'
import type { GatewayContext } from './context.js'
import { TitleSourceType } from './enums.js'
import { readSessionId } from './ids.js'

/** Where a mutation works. */
export const workspaceFields = (t: Inputs) => ({
  organization: t.required('String', 'Key of the organization.'),
  workspace: t.required('String', 'Key of the workspace.'),
})

/** Which session a mutation works on. */
export const sessionFields = (t: Inputs) => ({
  organization: t.optional('String', 'Key of the organization; absent without a workspace.'),
  workspace: t.optional('String', 'Key of the workspace; absent means wherever the session lies.'),
  id: t.required('String', 'Uuid, unique prefix of one (4 to 31 hex digits), or global id of the session.'),
})

/** What a caller expects of the session that a mutation changes. */
export const expectationField = (t: Inputs) => ({
  expectedUpdatedAt: t.optional(
    'DateTime',
    'The `updatedAt` that the caller last saw. If the session has changed since, nothing is changed and the error is `CONFLICT`, with the session as it is in `extensions.present` for a key that may read; absent and null expect nothing.',
  ),
})

/** Who made a title up. */
export const titleSourceField = (t: Inputs) => ({
  titleSource: t.optional(
    TitleSourceType,
    'Who made the title up; PERSON when absent or null. A title by MACHINE never takes the place of a person’s: that one stays, and the rest of the call is done.',
  ),
})

interface SessionRef {
  organization?: string | null
  workspace?: string | null
  id: string
}

/** Who calls, its access to the workspace of a session, and the session's uuid or prefix there. */
export async function enterSession(
  context: GatewayContext,
  { organization, workspace, id }: SessionRef,
): Promise<{ viewer: Viewer; access: WorkspaceAccess; id: string }> {
  const { viewer, enter, workspaces, workspaceById } = await context.caller()
  const wanted = readSessionId(id)
  if (organization && workspace)
    return { viewer, access: await enter({ organization, workspace }), id: wanted }
  if (organization || workspace)
    throw invalidInput({
      path: [organization ? 'workspace' : 'organization'],
      message: 'Takes both keys, or neither',
    })
  const session = await getSession(context.store, scopeOf(viewer, await workspaces()), wanted)
  return { viewer, access: await workspaceById(session.workspaceId), id: session.id }
}
