const year = new Intl.DateTimeFormat(undefined, { year: 'numeric' })
const month = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric' })
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' })
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

const isMidnight = (at: Date): boolean => at.getHours() === 0 && at.getMinutes() === 0

/** How the moments of one axis are written: all alike, but that among hours a midnight is its day. */
export function tickText(moments: readonly Date[]): (at: Date) => string {
  if (!moments.every(isMidnight)) return (at) => (isMidnight(at) ? day : clock).format(at)
  if (!moments.every((at) => at.getDate() === 1) || moments.length < 2) return day.format
  return moments.every((at) => at.getMonth() === 0) ? year.format : month.format
}
