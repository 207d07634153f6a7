import { visibleName } from '../../parts/show-controls'
import styles from './transcript.module.css'
import type { OutlineRow } from './use-outline'

/** What a row is the first to be made under, since the row before it; null when nothing changed. */
function switchOf(before: OutlineRow | null, row: OutlineRow): string[] | null {
  if (before === null || before.segment == null || row.segment == null || before.segment === row.segment)
    return null
  const changes = [
    before.agent !== row.agent && (row.agent ?? 'no agent'),
    before.model !== row.model && (row.model || 'no model'),
  ].filter((change) => change !== false)
  return changes.length === 0 ? ['another system prompt'] : changes
}

/** Stands where another agent, model or system prompt took over. */
export function ContextSwitch({ before, row }: { before: OutlineRow | null; row: OutlineRow }) {
  const changes = switchOf(before, row)
  if (changes === null) return null
  return (
    <p className={styles.divider} data-kind="switch">
      from here on <strong dir="auto">{changes.map(visibleName).join(' · ')}</strong>
    </p>
  )
}
