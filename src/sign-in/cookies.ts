/** The cookies of sign-in, on an origin that is reached by TLS or by plain HTTP. */
export interface Cookies {
  session: string
  attempt: string
  /** A header's value that sets a cookie for so many seconds; 0 takes it away. */
  set(name: string, value: string, seconds: number): string
}

/** With TLS the names hold browsers to this host and to TLS (`__Host-`). */
export function cookiesOf(origin: string): Cookies {
  const isSecure = origin.startsWith('https:')
  const prefix = isSecure ? '__Host-' : ''
  return {
    session: `${prefix}sgw_session`,
    attempt: `${prefix}sgw_sign_in`,
    set: (name, value, seconds) =>
      `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`,
  }
}

/** The value of a cookie; null when the header has none of that name, or several. */
export function readCookie(header: string | null | undefined, name: string): string | null {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  return values.length === 1 ? (values[0] as string) : null
}
