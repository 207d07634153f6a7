import { join } from 'node:path'
import { isObject } from '../source.js'
import { valueOfFile } from './plain-file.js'

/** Files of OpenHands that hold an event each: `12.json`, later `event-00012-….json`. */
export const eventFileName = /^(?:event-)?(\d+)(?:-[\w-]+)?\.json$/

/** The first file of a folder that holds nothing but a run's events, a file each; null for other folders. */
export function firstEventFile(folder: string, names: readonly string[]): string | null {
  const files = names.filter((name) => name.endsWith('.json'))
  if (files.length === 0 || !files.every((name) => eventFileName.test(name))) return null
  const [first = ''] = files.sort(byNumber)
  try {
    return isEvent(valueOfFile(join(folder, first))) ? first : null
  } catch {
    // What cannot be read is named when it is.
    return null
  }
}

/** Whether a value is an event of OpenHands. */
export function isEvent(value: unknown): boolean {
  if (!isObject(value) || !('source' in value)) return false
  return 'action' in value || 'observation' in value || /^[A-Z]\w+Event$/.test(String(value.kind))
}

/** The order of files by the numbers in their names, where they have some; else by their names. */
export function byNumber(a: string, b: string): number {
  const [first, second] = [a, b].map((name) => eventFileName.exec(name)?.[1])
  const apart = first === undefined || second === undefined ? 0 : Number(first) - Number(second)
  return apart !== 0 ? apart : a < b ? -1 : 1
}
