import { isIP } from 'node:net'
import { splitHosts } from '../db/host-list.js'

/** Tells whether an address is reachable from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** An origin of HTTP, without a slash at its end; undefined for anything else. */
export function parseOrigin(value: string): string | undefined {
  const origin = value.replace(/\/$/, '')
  return /^https?:/.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin
    ? origin
    : undefined
}

/** The URL of an issuer: HTTPS, or HTTP to this machine; undefined for anything else. */
export function parseIssuer(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined
  const { protocol, hostname, search, hash } = new URL(value)
  const isSafe =
    protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname.replace(/^\[|\]$/g, '')))
  return isSafe && search === '' && hash === '' ? value : undefined
}

/** Addresses and networks, separated by commas; undefined as soon as one is none. */
export function parseProxies(value: string): string[] | undefined {
  const proxies = value
    .split(',')
    .map((proxy) => proxy.trim())
    .filter(Boolean)
  return proxies.every(isProxy) ? proxies : undefined
}

function isProxy(proxy: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(proxy)) return true
  const [address = '', length, ...rest] = proxy.split('/')
  const version = isIP(address)
  const isLength =
    length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128))
  return version !== 0 && isLength && rest.length === 0
}

/** Origins, separated by commas; undefined as soon as one is none. */
export function parseOrigins(value: string): string[] | undefined {
  const origins = value
    .split(',')
    .map((origin) => origin.trim())
    .filter(Boolean)
  return origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin)
    ? origins
    : undefined
}

/** An address of HTTP without credentials, which would stand in the log. */
export const webAddress = {
  takes: 'an address that begins with http:// or https://, without a user in it',
  parse: (value: string): string | undefined => {
    if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return undefined
    const { username, password } = new URL(value)
    return username === '' && password === '' ? value : undefined
  },
}

/** Whether it is the URL of a PostgreSQL, with one host or several. */
export function isDatabaseUrl(value: string): boolean {
  return /^postgres(ql)?:\/\//.test(value) && splitHosts(value).every((url) => URL.canParse(url))
}

/** URLs of databases, separated by commas. */
export function parseDatabaseUrls(value: string): string[] | undefined {
  const urls = value.split(/\s*,\s*(?=\w+:\/\/)/).filter(Boolean)
  return urls.every(isDatabaseUrl) ? urls : undefined
}
