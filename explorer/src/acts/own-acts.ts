import { createContext, useCallback, useMemo, useState } from 'react'

/** What the viewer changed since the page of sessions was opened: its list, its total and its counts follow at once. */
export interface OwnActs {
  /** Grows with each act. */
  times: number
  /** The sessions that were changed, by uuid. */
  changed: ReadonlySet<string>
  deleted: ReadonlySet<string>
  /** Those of the last act. */
  latest: readonly string[]
  note: (uuids: readonly string[], how?: 'changed' | 'deleted') => void
}

const none: ReadonlySet<string> = new Set()

const noActs = { times: 0, changed: none, deleted: none, latest: [] as readonly string[] }

/** Where nothing is listed or counted, nothing follows. */
export const OwnActs = createContext<OwnActs>({ ...noActs, note: () => {} })

/** What the viewer’s own acts changed since the screen opened, and `note`, which adds to it. */
export function useNotedActs(): OwnActs {
  const [acts, setActs] = useState(noActs)
  const note = useCallback<OwnActs['note']>(
    (uuids, how = 'changed') =>
      setActs((before) => ({
        ...before,
        times: before.times + 1,
        latest: uuids,
        [how]: new Set([...before[how], ...uuids]),
      })),
    [],
  )
  return useMemo(() => ({ ...acts, note }), [acts, note])
}
