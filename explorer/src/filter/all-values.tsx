import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { Input, SearchField } from 'react-aria-components'
import { fetchQuery, useRelayEnvironment } from 'react-relay'
import { exact } from '../format'
import { Failure } from '../parts/failure-boundary'
import { type Choice, type ChoiceState, stateOf } from '../view/filter'
import type { PagePath } from '../view/path'
import type { SessionFilter } from '../view/session-filter'
import styles from './filter-bar.module.css'
import { ValueRow } from './value-row'
import {
  type Found,
  idleMembers,
  type ListedDimension,
  readPage,
  type ValuesQuestion,
  valuesOf,
} from './values-page'

const PAGE = 200
const ROW_HEIGHT = 26
const PAUSE_MS = 120

interface AllValuesProps {
  dimension: ListedDimension
  path: PagePath
  asked: SessionFilter
  choice: Choice
  onChoose: (value: string, state: ChoiceState, text: string) => void
}

/** Every value of a dimension, thousands too: narrowed by what one types, further pages as one scrolls. */
export default function AllValues({ dimension, path, asked, choice, onChoose }: AllValuesProps) {
  const environment = useRelayEnvironment()
  const [search, setSearch] = useState('')
  const [found, setFound] = useState<Found | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const [after, setAfter] = useState<string | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other counts begin at the first page.
  useEffect(() => setAfter(null), [asked])
  useEffect(() => {
    const { query, variables } = valuesOf(dimension)
    const ask = () =>
      fetchQuery<ValuesQuestion>(environment, query, {
        organization: path.organization,
        workspace: path.workspace,
        filter: asked,
        search,
        after,
        first: PAGE,
        ...variables,
      }).subscribe({
        next: (data) => {
          const page = readPage(data)
          setFound((before) => ({
            ...page,
            values: after === null ? page.values : [...(before?.values ?? []), ...page.values],
          }))
        },
        error: setFailure,
      })
    let asking: { unsubscribe: () => void } | undefined
    const timer = setTimeout(() => {
      asking = ask()
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      asking?.unsubscribe()
    }
  }, [environment, path.organization, path.workspace, asked, search, after, dimension])
  const counted = found?.values ?? []
  // Owners without a session come when all who have one are there.
  const values =
    found !== null && found.cursor === null ? [...counted, ...idleMembers(counted, found.members)] : counted
  const total = Math.max(found?.total ?? 0, values.length)
  const virtual = useVirtualizer({
    count: values.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  const cursor = found?.cursor ?? null
  useEffect(() => {
    if (cursor !== null && last > values.length - 40) setAfter(cursor)
  }, [cursor, last, values.length])
  return (
    <>
      <SearchField
        aria-label="Find values"
        value={search}
        autoFocus
        onChange={(text) => {
          setSearch(text)
          setAfter(null)
        }}
      >
        <Input className="field" placeholder="find…" maxLength={255} />
      </SearchField>
      {failure !== null && <Failure error={failure} />}
      <p className="muted" role="status">
        {found === null ? 'Counting…' : `${exact(total)} ${total === 1 ? 'value' : 'values'}`}
      </p>
      <div ref={scroller} className={styles.values}>
        <div className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {rows.map(({ index, start }) => {
            const value = values[index]
            return (
              value && (
                <div
                  key={value.value}
                  className={styles.slot}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <ValueRow
                    name={dimension}
                    value={value.value}
                    text={value.text}
                    count={value.count}
                    state={stateOf(choice, value.value)}
                    onChoose={(_, chosen, state, text) => onChoose(chosen, state, text)}
                  />
                </div>
              )
            )
          })}
        </div>
      </div>
    </>
  )
}
