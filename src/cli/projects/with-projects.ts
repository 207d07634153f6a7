import { CliError, exitCodes } from '../failure.js'
import { untilInterrupted } from '../gateway/connect.js'
import { projectsOfGateway } from './of-gateway.js'
import { projectsOfStore } from './of-store.js'
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
