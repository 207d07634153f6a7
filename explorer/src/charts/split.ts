import { addUp, type Sums } from './measures'

/** What the sessions of a bucket that have one value come to; null is no value. */
export interface Share extends Sums {
  value: string | null
}

/** The values that a chart tells apart, those that most sessions have first, and what each comes to. */
export interface Split<Bucket> {
  parts: readonly Share[]
  /** What is in none of them; of no session where there is nothing else. */
  others: Sums
  /** Each with its shares in the order of `parts`, the others last. */
  buckets: readonly (Bucket & { shares: readonly Sums[] })[]
}

const nothing: Sums = { sessions: 0, totalTokens: 0, totalCostUsd: '0' }

/** Lays the shares of buckets out alike in all of them. */
export function splitUp<Bucket extends { split: readonly Share[]; others: Sums }>(
  buckets: readonly Bucket[],
): Split<Bucket> {
  const all = buckets.flatMap(({ split }) => split)
  const parts = [...new Set(all.map(({ value }) => value))]
    .map((value) => ({ value, ...addUp(all.filter((share) => share.value === value)) }))
    .sort((a, b) => b.sessions - a.sessions)
  return {
    parts,
    others: addUp(buckets.map(({ others }) => others)),
    buckets: buckets.map((bucket) => {
      const found = new Map(bucket.split.map((share) => [share.value, share]))
      return { ...bucket, shares: [...parts.map(({ value }) => found.get(value) ?? nothing), bucket.others] }
    }),
  }
}
