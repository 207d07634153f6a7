import { randomUUID } from 'node:crypto'

/** Gives new uuids, and every other time one that was given before. */
export function uuids() {
  const given = []
  return () => {
    if (given.length > 0 && Math.random() < 0.5) return given[Math.floor(Math.random() * given.length)]
    const uuid = randomUUID()
    given.push(uuid)
    return uuid
  }
}
