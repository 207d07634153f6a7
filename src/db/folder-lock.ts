import { readFileSync } from 'node:fs'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeFolder } from './make-folder.js'

/** A data folder that another process holds; its message is one sentence for the operator. */
export class FolderInUse extends Error {
  override name = 'FolderInUse'
}

/** Tells one life of a process from another process that later got the same number. */
interface Holder {
  pid: number
  start: string
  host: string
}

/** Folders that this process holds. */
const held = new Set<string>()

/**
 * Takes a folder for this process and gives what releases it. Every process puts a file named for itself beside
 * those of the others and then looks around, so that of two at least one sees the other; a dead one's file is removed.
 * @throws {FolderInUse} when a living process holds the folder
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = resolve(folder)
  if (held.has(path)) throw inUse(folder, { ...self(), pid: process.pid })
  const locks = join(path, 'locks')
  const own = join(locks, fileNameOf(self()))
  held.add(path)
  try {
    await makeFolder(locks)
    await enter(folder, locks, own)
  } catch (error) {
    held.delete(path)
    throw error
  }
  return async () => {
    await rm(own, { force: true })
    held.delete(path)
  }
}

async function enter(folder: string, locks: string, own: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await writeFile(own, '')
    const other = await findOther(locks)
    if (other === null) return
    await rm(own, { force: true })
    if (attempt === 3) throw inUse(folder, other)
    // Two that start at once both step back; after unequal pauses one of them finds the folder free.
    await sleep(20 + Math.random() * 80)
  }
}

async function findOther(locks: string): Promise<Holder | null> {
  for (const name of await readdir(locks)) {
    const holder = readFileName(name)
    if (holder === null || name === fileNameOf(self())) continue
    if (mayLive(holder)) return holder
    await rm(join(locks, name), { force: true })
  }
  return null
}

/** A holder on another host cannot be asked, so it counts as alive. */
function mayLive({ pid, start, host }: Holder): boolean {
  if (host !== hostname()) return true
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const now = startOf(pid)
  return now === null || now === start
}

/** When a process began, in ticks since boot; `dead` for a zombie; null where the system does not tell. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold anything; state is the third field and start time the twenty-second.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? 'dead' : (fields[19] ?? null)
  } catch {
    return null
  }
}

function self(): Holder {
  return { pid: process.pid, start: startOf(process.pid) ?? 'unknown', host: hostname() }
}

function fileNameOf({ pid, start, host }: Holder): string {
  return `${pid}@${start}@${encodeURIComponent(host)}`
}

function readFileName(name: string): Holder | null {
  const [, pid, start, host] = /^(\d+)@(\w+)@(.+)$/.exec(name) ?? []
  return pid && start && host ? { pid: Number(pid), start, host: decodeURIComponent(host) } : null
}

function inUse(folder: string, holder: Holder): FolderInUse {
  if (holder.host === hostname())
    return new FolderInUse(
      `The data folder ${folder} is in use by another process (pid ${holder.pid}); stop it first.`,
    )
  const lock = join(folder, 'locks', fileNameOf(holder))
  return new FolderInUse(
    `The data folder ${folder} is in use on host ${holder.host} (pid ${holder.pid}); remove ${lock} if that process is gone.`,
  )
}
