import { useEffect, useRef, useState } from 'react'
import { Input, SearchField } from 'react-aria-components'
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay'
import type { findWithinQuery } from '../__generated__/findWithinQuery.graphql'
import { exact } from '../format'
import { useShortcuts } from '../frame/shortcuts'
import type { PagePath } from '../view/path'
import styles from './find-within.module.css'

const PAUSE_MS = 200

interface FindWithinProps {
  path: PagePath
  id: string
  /** Counts changes of the transcript, after which it is looked through again. */
  version: number
  /** The message that one is at. */
  current: number | null
  onGo: (seq: number) => void
}

/** Finds a text in the whole of a session; Enter goes to the next message that has it, Shift and Enter to the one before. */
export function FindWithin({ path, id, version, current, onGo }: FindWithinProps) {
  const environment = useRelayEnvironment()
  const [text, setText] = useState('')
  const [found, setFound] = useState<readonly number[] | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const { organization, workspace } = path
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed transcript may have it elsewhere.
  useEffect(() => {
    if (text.trim() === '') return setFound(null)
    let asking: { unsubscribe: () => void } | undefined
    const timer = setTimeout(() => {
      asking = fetchQuery<findWithinQuery>(
        environment,
        graphql`
          query findWithinQuery($organization: String!, $workspace: String!, $id: String!, $text: String!) {
            workspace(organization: $organization, slug: $workspace) {
              session(id: $id) {
                seqsWith(text: $text)
              }
            }
          }
        `,
        { organization, workspace, id, text },
        { fetchPolicy: 'network-only' },
      ).subscribe({
        next: (data) => setFound(data.workspace?.session?.seqsWith ?? []),
        error: () => setFound([]),
      })
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      asking?.unsubscribe()
    }
  }, [environment, organization, workspace, id, text, version])
  useShortcuts({ f: () => input.current?.focus() })
  const at = found === null || current === null ? -1 : found.indexOf(current)
  const step = (by: 1 | -1) => {
    if (found === null || found.length === 0) return
    const next = at === -1 ? (by === 1 ? 0 : found.length - 1) : (at + by + found.length) % found.length
    const seq = found[next]
    if (seq !== undefined) onGo(seq)
  }
  return (
    <div className={styles.find}>
      <SearchField
        aria-label="Find in this session"
        value={text}
        onChange={setText}
        className={styles.field ?? ''}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
        }}
      >
        <Input ref={input} className="field" placeholder="f find in this session" maxLength={200} />
      </SearchField>
      <span className={styles.count} role="status">
        {found === null ? '' : found.length === 0 ? 'nowhere' : `${at + 1} of ${exact(found.length)}`}
      </span>
    </div>
  )
}
