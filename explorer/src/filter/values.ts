export interface FacetValue {
  /** As the filter takes it. */
  value: string
  /** As people read it. */
  text: string
  count: number
}

/** A value as connections of facets have it: a text, a person, a project. */
interface FacetEdge {
  readonly count: number
  readonly node:
    | { readonly value: string }
    | { readonly uuid: string; readonly login: string; readonly fullName?: string | null }
    | { readonly uuid: string; readonly name: string }
}

/** The values of a connection of facets, whichever dimension it is of. */
export function toValues(edges: readonly FacetEdge[]): FacetValue[] {
  return edges.map(({ count, node }) => {
    if ('value' in node) return { value: node.value, text: node.value, count }
    return { value: node.uuid, text: 'login' in node ? personText(node) : node.name, count }
  })
}

/** How a person is called in lists. */
export function personText({ login, fullName }: { login: string; fullName?: string | null }): string {
  return fullName == null || fullName === login ? login : `${login} · ${fullName}`
}
