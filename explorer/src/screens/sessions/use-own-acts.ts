import { use, useEffect, useMemo, useRef } from 'react'
import type { useActRows_sessions$key } from '../../__generated__/useActRows_sessions.graphql'
import { OwnActs } from '../../acts/own-acts'
import { useActRows } from '../../acts/use-act-rows'
import { useLatest } from '../../parts/latest'
import type { SessionFilter } from '../../view/session-filter'
import { stays } from '../../view/stays'

type ListedSessions = readonly ({ uuid: string } & useActRows_sessions$key[number])[]

/** Rows that the viewer's own acts took out of the view. Those of others stay until the list is read anew. */
export function useLeft(loaded: ListedSessions, filter: SessionFilter): ReadonlySet<string> {
  const { changed, deleted } = use(OwnActs)
  const acted = useActRows(useMemo(() => loaded.filter(({ uuid }) => changed.has(uuid)), [loaded, changed]))
  return useMemo(() => {
    const gone = acted.filter((row) => !stays(row, filter)).map(({ uuid }) => uuid)
    return new Set([...deleted, ...gone])
  }, [acted, deleted, filter])
}

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
