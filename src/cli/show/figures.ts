/** A cost for people; `?` where it is not known. */
export function toAmount(usd: number | null): string {
  if (usd === null) return '?'
  return `$${usd >= 1 || usd === 0 ? usd.toFixed(2) : usd.toPrecision(2)}`
}

/** A number of tokens for people: `12.4k`. */
export function toTokens(count: number): string {
  if (count < 1000) return String(count)
  return count < 1_000_000 ? `${(count / 1000).toFixed(1)}k` : `${(count / 1_000_000).toFixed(1)}M`
}

/** Tokens and cost for people; null where no row tells what it used. */
export function toUsage({
  totalTokens,
  totalCostUsd,
}: {
  totalTokens: number
  totalCostUsd: number | null
}): { tokens: string; cost: string } | null {
  if (totalTokens === 0 && totalCostUsd === 0) return null
  return { tokens: toTokens(totalTokens), cost: toAmount(totalCostUsd) }
}

/** A moment as a day and a time of it, in the time zone of this machine. */
export function toDay(text: string): string {
  const moment = new Date(text)
  const two = (number: number) => String(number).padStart(2, '0')
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`
}
