import { isBelow } from '../src/db/least-gateway.js'

/** The last migration that was written before the rule. */
const RULED_AFTER = '20261129121000_facets_without_roll_ups'

/** What gateways that run already may still read. */
const taking =
  /\b(DROP\s+(TABLE|COLUMN|VIEW|TYPE|FUNCTION)|RENAME\s+(TO|COLUMN)|ALTER\s+COLUMN\s+\S+\s+(SET\s+DATA\s+)?TYPE)\b/i
const unread = /^-- Unread since (\d+\.\d+\.\d+)\b/m
const raising = /"?least_gateway"?[^;]*?'(\d+\.\d+\.\d+)'/g

/**
 * What migrations take away too early, a sentence each. What a release stops reading, it leaves, and raises `least_gateway` to itself; a
 * migration of a later release takes it away, and says since which version it is unread. So no gateway that runs ever misses it.
 */
export function findTakenEarly(migrations: readonly { name: string; script: string }[]): string[] {
  let least = '0.0.0'
  const sentences: string[] = []
  for (const { name, script } of migrations) {
    const taken = taking.exec(withoutComments(script))?.[0]
    const since = unread.exec(script)?.[1]
    if (name > RULED_AFTER && taken !== undefined) {
      if (since === undefined)
        sentences.push(
          `${name}: ${taken} takes a line "-- Unread since X.Y.Z", the release that stopped reading it.`,
        )
      else if (isBelow(least, since))
        sentences.push(
          `${name}: ${taken} comes too early; gateways from ${least} on may run, and it is unread since ${since}.`,
        )
    }
    for (const [, version = least] of script.matchAll(raising)) least = version
  }
  return sentences
}

function withoutComments(script: string): string {
  return script.replace(/--.*$/gm, '')
}
