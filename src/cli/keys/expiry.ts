import { CliError, exitCodes } from '../failure.js'
import { readDate } from '../read-date.js'

const dayMs = 86_400_000

/** When a key ends: after days such as `90d`, or at a date or time in ISO 8601; never when absent. */
export function readExpiry(text: string | undefined, now: Date): Date | null {
  if (text === undefined) return null
  const days = /^([1-9]\d{0,4})d$/.exec(text)?.[1]
  const when = days === undefined ? readDate(text) : new Date(now.getTime() + Number(days) * dayMs)
  if (when === null)
    throw new CliError(
      `--expires takes days such as 90d or a date such as 2027-01-31, not "${text}".`,
      exitCodes.usage,
    )
  if (when <= now) throw new CliError(`--expires takes a time to come, and ${text} is over.`, exitCodes.usage)
  return when
}
