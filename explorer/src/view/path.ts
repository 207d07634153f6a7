/** Which workspace a page shows, and what of it: the path of an address. */
export interface PagePath {
  organization: string
  workspace: string
  screen: string
  /** What the screen has opened: a session, a group. */
  id: string | null
}

/** Reads `/w/{organization}/{workspace}/{screen}/{id}`; null for any other path. */
export function readPath(path: string): PagePath | null {
  const [w, organization, workspace, screen, id] = path.split('/').slice(1).map(decode)
  if (w !== 'w' || !organization || !workspace) return null
  return { organization, workspace, screen: screen || 'sessions', id: id || null }
}

/** The address of a screen, which `readPath` reads. */
export function writePath({ organization, workspace, screen, id }: PagePath): string {
  return `/${['w', organization, workspace, screen, ...(id === null ? [] : [id])].map(encodeURIComponent).join('/')}`
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
