import { jsonOf, print } from '../terminal-text.js'

/** What a batch removed, how many are left, and the first of those. */
export interface Batch {
  removed: number
  remaining: number
  sample: readonly string[]
}

/** Removes batch after batch until none is left or nothing goes any more, and says on a terminal how far it is. */
export async function removeAll(batch: () => Promise<Batch>): Promise<Batch> {
  let removed = 0
  for (;;) {
    const last = await batch()
    removed += last.removed
    if (process.stderr.isTTY) process.stderr.write(`\r${removed} of ${removed + last.remaining}`)
    if (last.remaining > 0 && last.removed > 0) continue
    if (process.stderr.isTTY) process.stderr.write('\n')
    return { ...last, removed }
  }
}

/** Prints the counts, and of a dry run which would go first. */
export function printRemoval(
  { removed, remaining, sample }: Batch,
  { dryRun, json }: { dryRun?: boolean; json?: boolean },
): void {
  if (json) {
    print(jsonOf({ removed, remaining, sample }))
    return
  }
  if (!dryRun) print(`removed ${removed}, left ${remaining}\n`)
  else print([`${remaining} would go`, ...sample].map((line) => `${line}\n`).join(''))
}
