/** The ways into a gateway by which sessions are saved. */
export const faces = ['GraphQL', 'workspace API', 'organization API'] as const
export type Face = (typeof faces)[number] | 'OpenTelemetry'

/** What a client was told: that it is done, that it is refused, or nothing that it could rely on. */
export type Outcome = 'done' | 'refused' | 'unknown'

/** One request of a client, with all that is needed to judge what the store holds in the end. */
export interface Operation {
  kind: 'step' | 'save' | 'append' | 'annotate' | 'retitle' | 'freeze' | 'archive' | 'delete'
  face: Face
  /** Null for a creation that was never told its id. */
  session: string | null
  begunAt: number
  endedAt: number
  outcome: Outcome
  /** The title that it sets; titles are never used twice. */
  title?: string
  /** The texts that it appends, or the name of an annotation, never used twice; attempts at the same append share them. */
  texts?: readonly string[]
  /** The `expectedUpdatedAt` that it was made under. */
  expected?: string
}

/** All that clients did, and what was wrong on the way. */
export class Record {
  readonly operations: Operation[] = []
  readonly violations: string[] = []
  #names = 0

  /** A text that nothing else in this run holds. */
  name(what: string): string {
    this.#names += 1
    return `${what}-${this.#names}`
  }

  violate(sentence: string): void {
    if (this.violations.length < 50) this.violations.push(sentence)
  }

  count(outcome: Outcome): number {
    return this.operations.filter((operation) => operation.outcome === outcome).length
  }
}

/** The values in groups of the same key, in order. */
export function groupBy<Value, Key>(
  values: readonly Value[],
  keyOf: (value: Value) => Key,
): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>()
  for (const value of values) {
    const key = keyOf(value)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [value])
    else group.push(value)
  }
  return groups
}
