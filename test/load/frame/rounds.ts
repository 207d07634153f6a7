/** Runs contestants in turn for some rounds, after one that only warms up; gives each one's numbers. */
export async function takeTurns<Name extends string>(
  rounds: number,
  contestants: Record<Name, () => Promise<number>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contestants) as Name[]
  const numbers = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  for (let round = 0; round <= rounds; round++)
    for (const name of names) {
      const number = await contestants[name]()
      if (round > 0) numbers[name].push(number)
    }
  return numbers
}

/** The median milliseconds of each contestant. */
export async function timeInTurns<Name extends string>(
  rounds: number,
  contestants: Record<Name, () => Promise<unknown>>,
): Promise<Record<Name, number>> {
  const turns = Object.entries(contestants).map(([name, work]) => [
    name,
    () => timed(work as () => Promise<unknown>),
  ])
  return mediansOf(await takeTurns(rounds, Object.fromEntries(turns) as Record<Name, () => Promise<number>>))
}

/** How long one piece of work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

export function mediansOf<Name extends string>(numbers: Record<Name, number[]>): Record<Name, number> {
  const entries = Object.entries(numbers) as [Name, number[]][]
  return Object.fromEntries(entries.map(([name, all]) => [name, median(all)])) as Record<Name, number>
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}
