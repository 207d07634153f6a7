import type { Call } from '../../route.js'
import { Refusal } from './errors.js'

/** Refuses SDKs older than the operator allows; other clients and unreadable versions pass (contract 1.9). */
export function requireSdkVersion({ headers, settings: { minSdkVersion } }: Call): void {
  if (minSdkVersion === null) return
  const sent = /^dreadnode-sdk\/(\S+)/.exec(headers.get('user-agent') ?? '')?.[1]
  const [version, least] = [readVersion(sent ?? ''), readVersion(minSdkVersion)]
  if (version === null || least === null || compareVersions(version, least) >= 0) return
  throw new Refusal('UPGRADE_REQUIRED', `dreadnode-sdk ${minSdkVersion} or newer is required`)
}

interface Version {
  release: number[]
  /** Of a pre-release, its identifiers. */
  pre: string[]
}

function readVersion(text: string): Version | null {
  const match = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/.exec(text)
  return match && { release: match.slice(1, 4).map(Number), pre: match[4]?.split('.') ?? [] }
}

/** Semantic version order: a pre-release comes before its release. */
function compareVersions(a: Version, b: Version): number {
  for (const [index, part] of a.release.entries()) {
    const difference = part - (b.release[index] ?? 0)
    if (difference !== 0) return difference
  }
  if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length
  for (const [index, left] of a.pre.entries()) {
    const right = b.pre[index]
    if (right === undefined) return 1
    if (left !== right) return compareIdentifiers(left, right)
  }
  return a.pre.length - b.pre.length
}

function compareIdentifiers(left: string, right: string): number {
  const [leftNumber, rightNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)]
  if (leftNumber && rightNumber) return Number(left) - Number(right)
  if (leftNumber !== rightNumber) return leftNumber ? -1 : 1
  return left < right ? -1 : 1
}
