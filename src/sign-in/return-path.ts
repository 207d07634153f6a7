const MAX_LENGTH = 2000

/** Where to go after signing in: the path if it is one of this origin, else `/`. Nobody is sent elsewhere by a link to here. */
export function readReturnPath(path: string | null, origin: string): string {
  if (path === null || path.length > MAX_LENGTH || !staysHere.test(path) || !URL.canParse(path, origin))
    return '/'
  const url = new URL(path, origin)
  const within = url.pathname + url.search + url.hash
  // Without its dots `/.//elsewhere` is the address of another host.
  return url.origin === origin && staysHere.test(within) ? within : '/'
}

const staysHere = /^\/(?![/\\])[\x21-\x7e]*$/
