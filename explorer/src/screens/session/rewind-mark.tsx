import { exact, since } from '../../format'
import { useNow } from '../../parts/now'
import { Time } from '../../parts/time'
import styles from './transcript.module.css'

export interface Rewind {
  readonly fromSeq: number
  readonly messageCount: number
  readonly at: string
}

/** The rewind that stands before a row: its transcript went on from there. */
export function rewindBefore(
  rewinds: readonly Rewind[],
  row: { seq: number; isSummary: boolean },
): Rewind | null {
  return row.isSummary ? null : (rewinds.find(({ fromSeq }) => fromSeq === row.seq) ?? null)
}

/** The rewind after which nothing was said yet. */
export function rewindAtEnd(
  rewinds: readonly Rewind[],
  rows: readonly { seq: number; isSummary: boolean }[],
) {
  const last = rewinds.at(-1)
  return last !== undefined && !rows.some((row) => !row.isSummary && row.seq >= last.fromSeq) ? last : null
}

/** Stands where messages were taken back. */
export function RewindMark({
  rewind: { messageCount, at },
  isLast = false,
}: {
  rewind: Rewind
  isLast?: boolean
}) {
  const now = useNow()
  return (
    <p className={styles.divider} data-kind="rewind">
      rewound <Time at={at}>{since(at, now)}</Time>: {exact(messageCount)}{' '}
      {messageCount === 1 ? 'message was' : 'messages were'} taken back {isLast ? 'at the end' : 'here'}, for
      good
    </p>
  )
}
