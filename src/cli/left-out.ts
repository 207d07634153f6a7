import { counted, plain, printNote } from './terminal-text.js'

/** Says on stderr what has no place where it went, a line a kind: `left out: tools of 12 sessions`. */
export function printLeftOut({ leftOut }: { leftOut: Readonly<Record<string, number>> }): void {
  for (const [what, count] of Object.entries(leftOut))
    printNote(`left out: ${plain(what)} of ${counted(count, 'session')}\n`)
}
