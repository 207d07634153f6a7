import { join } from 'node:path'
import type { ClientHome, ClientResult } from './client.js'

/** The command line of Dreadnode in a home of its own. */
export interface Dn {
  /** Runs a command that succeeds; gives what it prints. */
  (...args: string[]): Promise<string>
  try(...args: string[]): Promise<ClientResult>
  json(...args: string[]): Promise<any>
  /** Every flag given so far, by its command: `session list` → `--limit`. */
  used: Map<string, Set<string>>
}

export function dnIn(home: ClientHome, bin: string): Dn {
  const used = new Map<string, Set<string>>()
  const attempt = (...args: string[]) => {
    const command = args.slice(0, 2).join(' ')
    const flags = args.filter((arg) => /^--?[a-z]/.test(arg))
    used.set(command, new Set([...(used.get(command) ?? []), ...flags]))
    return home.run(join(bin, 'dn'), args)
  }
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await attempt(...args)
    if (code !== 0) throw new Error(`dn ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`)
    return stdout
  }
  const json = async (...args: string[]) => JSON.parse(await run(...args))
  return Object.assign(run, { try: attempt, json, used })
}

/** Every flag that the help of a command names, each by all its names. */
export function flagsOf(help: string): string[][] {
  return help.split('\n').flatMap((line) => {
    const names = /^│[ *]+(?:[A-Z-]+ )?((?:--?[a-z][a-z-]* ?)+)/.exec(line)?.[1]
    return names === undefined ? [] : [names.trim().split(' ')]
  })
}
