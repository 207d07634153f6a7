import { InvalidArgumentError } from 'commander'
import type { WorkspaceRef } from '../domain/tenancy/workspace.js'
import { isSlug } from '../rules/slug.js'

/** Reads `org/ws` as a flag takes it. */
export function readWorkspaceName(text: string): WorkspaceRef {
  const [organization = '', workspace = '', ...rest] = text.split('/')
  if (!isSlug(organization) || !isSlug(workspace) || rest.length > 0)
    throw new InvalidArgumentError('It takes two slugs, such as load/main.')
  return { organization, workspace }
}
