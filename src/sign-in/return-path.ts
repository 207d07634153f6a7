const MAX_LENGTH = 2000

/** Where to go after signing in: the path if it is one of this origin, else `/`. Nobody is sent elsewhere by a link to here. */
export function readReturnPath(path: string | null, origin: string): string {
  if (path === null || path.length > MAX_LENGTH || !/^\/(?![/\\])[\x21-\x7e]*$/.test(path)) return '/'
  if (!URL.canParse(path, origin)) return '/'
  const url = new URL(path, origin)
  return url.origin === origin ? url.pathname + url.search + url.hash : '/'
}
