import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { cut, visibleName } from '../../parts/show-controls'
import { timeTaken } from './call-time'
import styles from './transcript.module.css'
import type { OutlineRow } from './use-outline'

interface OutlineProps {
  rows: readonly OutlineRow[]
  /** Where the results of calls stand, by call. */
  resultOf: ReadonlyMap<string, OutlineRow>
  /** Where one reads. */
  current: number
  onGo: (index: number) => void
  isWhole: boolean
}

interface Entry {
  index: number
  kind: 'turn' | 'call' | 'summary'
  text: string
  /** Of a call: whether it failed, and how long it took; null while there is no result. */
  result: { isError: boolean; took: string } | null
}

/** Turns, and the calls within them: where everything is. */
export function Outline({ rows, resultOf, current, onGo, isWhole }: OutlineProps) {
  const [text, setText] = useState('')
  const entries = useMemo(() => toEntries(rows, resultOf), [rows, resultOf])
  const shown = useMemo(() => {
    const wanted = text.trim().toLowerCase()
    return wanted === '' ? entries : entries.filter((entry) => entry.text.toLowerCase().includes(wanted))
  }, [entries, text])
  const scroller = useRef<HTMLElement>(null)
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 26,
    overscan: 20,
  })
  const at = shown.findLastIndex(({ index }) => index <= current)
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [at, virtual])
  return (
    <aside className={styles.outline} aria-label="Outline">
      <input
        className="field"
        type="search"
        placeholder="find in the outline"
        aria-label="Find in the outline"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <nav ref={scroller} className={styles.entries} aria-label="Turns and calls">
        <div className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const entry = shown[index]
            return (
              entry && (
                <Button
                  key={key}
                  className={styles.entry ?? ''}
                  data-kind={entry.kind}
                  data-error={entry.result?.isError === true}
                  aria-current={index === at ? 'location' : undefined}
                  style={{ transform: `translateY(${start}px)` }}
                  onPress={() => onGo(entry.index)}
                >
                  <span dir="auto">{visibleName(entry.text)}</span>
                  {entry.result !== null && (
                    <span className={`${styles.result} ${entry.result.isError ? styles.bad : ''}`}>
                      {entry.result.isError ? '✗' : '✓'} {entry.result.took}
                    </span>
                  )}
                </Button>
              )
            )
          })}
        </div>
      </nav>
      {!isWhole && <p className="muted">Reading…</p>}
    </aside>
  )
}

function toEntries(rows: readonly OutlineRow[], resultOf: ReadonlyMap<string, OutlineRow>): Entry[] {
  let turn = 0
  return rows.flatMap((row, index): Entry[] => {
    if (row.isSummary) return [{ index, kind: 'summary', text: `Summary: ${row.opening}`, result: null }]
    if (row.role === 'USER') {
      turn += 1
      return [
        { index, kind: 'turn', text: `${turn} ${row.opening || 'A message without text'}`, result: null },
      ]
    }
    return row.calls.map(({ callId, name }) => {
      const result = resultOf.get(callId)
      return {
        index,
        kind: 'call',
        text: cut(name),
        result:
          result === undefined
            ? null
            : { isError: result.isError === true, took: timeTaken(row.createdAt, result) },
      }
    })
  })
}
