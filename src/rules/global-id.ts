/** The global id of a node, as Relay's plugin makes it: its type with the parts of its key, such as an organization and a uuid. */
export function globalIdOf(type: string, ...keys: readonly string[]): string {
  return btoa(`${type}:${keys.join('/')}`)
}
