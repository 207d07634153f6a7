import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import { withActs } from '../beside/perform.js'
import { CliError, exitCodes } from '../failure.js'
import { untilInterrupted } from '../gateway/connect.js'
import { type ProjectAnswer, projectActs } from './acts.js'
import { projectsOfGateway } from './of-gateway.js'
import type { Projects } from './projects.js'

export interface ProjectFlags {
  org?: string
  workspace?: string
  url?: string
  key?: string
  data?: string
  json?: boolean
}

/** Works on the projects of the workspace that the flags name: through a gateway, or on the store itself. */
export function withProjects<T>(
  command: string,
  flags: ProjectFlags,
  work: (projects: Projects) => Promise<T>,
): Promise<T> {
  const { url, key, org, workspace } = flags
  if (url !== undefined)
    return untilInterrupted(async (signal) =>
      work(await projectsOfGateway(command, { url, key, org, workspace }, signal)),
    )
  if (key !== undefined) throw new CliError('--key takes the --url of a gateway.', exitCodes.usage)
  if (org === undefined || workspace === undefined)
    throw new CliError(`${command} takes --org and --workspace, or --url.`, exitCodes.usage)
  return projectsOfStore(flags, { organization: org, workspace }, work)
}

/** Works on the projects of a workspace in the store itself, as whoever runs it may do everything there. */
function projectsOfStore<T>(
  flags: { data?: string },
  workspaceRef: WorkspaceRef,
  work: (projects: Projects) => Promise<T>,
): Promise<T> {
  return withActs(flags, projectActs, (perform) =>
    work({
      create: async (project) => toRow(await perform('projects create', { ...workspaceRef, project })),
      update: async (project, change) =>
        toRow(await perform('projects update', { ...workspaceRef, project, change })),
      remove: async (project) => void (await perform('projects delete', { ...workspaceRef, project })),
      list: async () => (await perform('projects list', workspaceRef)).map(toRow),
    }),
  )
}

const toRow = ({ createdAt, ...project }: ProjectAnswer) => ({ ...project, createdAt: new Date(createdAt) })
