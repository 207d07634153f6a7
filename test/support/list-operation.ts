import { typeOf } from './selections.js'
import type { StatementWorld } from './statement-world.js'

/** An operation that selects a list from where it hangs. */
export async function listOperation(world: StatementWorld, coordinate: string, selection: string) {
  const [parent = '', field = ''] = coordinate.split('.')
  const { organizationId } = world
  const found = await world.store.session.findMany({ where: { organizationId }, take: world.size })
  const ids = found.map(({ id }) => Buffer.from(`Session:${organizationId}/${id}`).toString('base64'))
  const inWorkspace = (inner: string) =>
    `workspace(organization: "${world.place.organization}", slug: "${world.place.workspace}") { ${inner} }`
  const page = /Connection$/.test(typeOf(coordinate)) && parent !== 'SessionFacets' ? '(first: 18)' : ''
  const selected = `${field}${field === 'searchMessages' ? '(query: "text", first: 18)' : page} ${selection}`
  const around: Record<string, () => string> = {
    Query: () => (field === 'nodes' ? `nodes(ids: ${JSON.stringify(ids)}) ${selection}` : selected),
    Viewer: () => `viewer { ${selected} }`,
    Organization: () => `organization(slug: "${world.place.organization}") { ${selected} }`,
    Workspace: () => inWorkspace(selected),
    Session: () => inWorkspace(`session(id: "${ids[0]}") { ${selected} }`),
    SessionGroup: () => inWorkspace(`sessionGroup(id: "${world.groupId}") { ${selected} }`),
    SessionFacets: () => inWorkspace(`sessionFacets { ${selected} }`),
  }
  return `query List { ${around[parent]?.()} }`
}
