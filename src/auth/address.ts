import type { IncomingMessage } from 'node:http'
import { isIP, isIPv6 } from 'node:net'
import proxyAddress from 'proxy-addr'

/** Where a request comes from, as limits by address count it: an IPv4 address, or the /64 network of an IPv6 one. */
export type ReadAddress = (req: IncomingMessage) => string | null

/**
 * Reads the address of a request; of one that came through a trusted proxy, what `X-Forwarded-For` says up to the last
 * address that is none; what is no address there says nothing. Proxies are addresses, networks such as 10.0.0.0/8, or `loopback`, `linklocal`, `uniquelocal`.
 */
export function createReadAddress(proxies: readonly string[]): ReadAddress {
  const trusts = proxyAddress.compile([...proxies])
  return (req) => {
    const { socket, headers } = req
    if (socket.remoteAddress === undefined) return null
    const forwarded = addressesIn(headers['x-forwarded-for']?.toString() ?? '')
    // It reads no more of a request.
    const said = proxyAddress({ socket, headers: { 'x-forwarded-for': forwarded } } as never, trusts)
    return networkOf(isIP(said) === 0 ? socket.remoteAddress : said)
  }
}

/** Some proxies tell the port as well, which each connection has another of. */
function addressesIn(forwarded: string): string {
  return forwarded
    .split(',')
    .map((one) => one.trim().replace(/^(?:\[([^\]]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/, '$1$2'))
    .join(', ')
}

/** One caller has as many IPv6 addresses as it likes within its /64. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail] = (address.split('%', 1)[0] as string).split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail ? tail.split(':') : []
  const groups =
    tail === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill('0'), ...after]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
