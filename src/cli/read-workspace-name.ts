import { InvalidArgumentError } from 'commander'

export interface WorkspaceName {
  organization: string
  workspace: string
}

/** Reads `org/ws` as a flag takes it. */
export function readWorkspaceName(text: string): WorkspaceName {
  const [organization, workspace, ...rest] = text.split('/')
  if (!organization || !workspace || rest.length > 0)
    throw new InvalidArgumentError('It takes two slugs, such as load/main.')
  return { organization, workspace }
}
