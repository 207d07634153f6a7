import { use, useEffect, useMemo, useRef, useState } from 'react'
import { useRelayEnvironment } from 'react-relay'
import type { useActRows_sessions$key } from '../../__generated__/useActRows_sessions.graphql'
import { OwnActs } from '../../acts/own-acts'
import { useActRows } from '../../acts/use-act-rows'
import { useLatest } from '../../parts/latest'
import type { PagePath } from '../../view/path'
import type { SessionFilter } from '../../view/session-filter'
import { isPartlyJudged, stays } from '../../view/stays'

type ListedSessions = readonly ({ uuid: string; createdAt: string } & useActRows_sessions$key[number])[]

/** Rows that the viewer's own acts took out of the view. Those of others stay until the list is read anew. */
export function useLeft(loaded: ListedSessions, path: PagePath, filter: SessionFilter): ReadonlySet<string> {
  const { changed, deleted } = use(OwnActs)
  const missed = useMissed(loaded, path, filter)
  const acted = useActRows(useMemo(() => loaded.filter(({ uuid }) => changed.has(uuid)), [loaded, changed]))
  return useMemo(() => {
    const gone = acted.filter((row) => !stays(row, filter)).map(({ uuid }) => uuid)
    return new Set([...deleted, ...gone, ...missed])
  }, [acted, deleted, filter, missed])
}

/** Rows of which the gateway says, after an act, that the view has them no more. */
function useMissed(loaded: ListedSessions, path: PagePath, filter: SessionFilter): ReadonlySet<string> {
  const { times, latest } = use(OwnActs)
  const environment = useRelayEnvironment()
  const [found, setFound] = useState({ filter, missed: new Set<string>() as ReadonlySet<string> })
  const look = useLatest(async () => {
    const acted = loaded.filter(({ uuid }) => latest.includes(uuid))
    if (acted.length === 0 || !isPartlyJudged(filter)) return
    const now = await import('./find-missed')
      .then(({ findMissed }) => findMissed(environment, path, filter, acted))
      // What cannot be asked stays until the list is read anew.
      .catch(() => [])
    setFound((before) => {
      const others = before.filter === filter ? before.missed : new Set<string>()
      const still = [...others].filter((uuid) => !acted.some((row) => row.uuid === uuid))
      return { filter, missed: new Set([...still, ...now]) }
    })
  })
  useEffect(() => {
    if (times > 0) look()
  }, [times, look])
  return found.filter === filter ? found.missed : none
}

const none: ReadonlySet<string> = new Set()

/** Calls, once an act, when one of the viewer's own brought a session into the view that is not among its rows. */
export function useBroughtIn(newer: ReadonlySet<string>, onBrought: () => void): void {
  const { times, latest } = use(OwnActs)
  const tell = useLatest(onBrought)
  const told = useRef(0)
  useEffect(() => {
    if (told.current === times || !latest.some((uuid) => newer.has(uuid))) return
    told.current = times
    tell()
  }, [newer, times, latest, tell])
}
