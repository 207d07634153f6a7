import { Button } from 'react-aria-components'
import { timeText } from '../../filter/chips'
import chips from '../../filter/filter-bar.module.css'
import { visibleName } from '../../parts/show-controls'
import { type AuditView, actTitle, everything, type Person } from './audit-view'
import type { AuditAddress } from './use-audit-address'

/** What is on; a click takes it off. */
export function AuditChips({ address, people }: { address: AuditAddress; people: readonly Person[] }) {
  const { view, show } = address
  const on = toChips(view, new Map(people.map(({ uuid, login }) => [uuid, login])))
  if (on.length === 0) return null
  return (
    <ul className={chips.chips} aria-label="Filters that are on">
      {on.map(({ text, without }) => (
        <li key={text}>
          <Button
            className={`button ${chips.chip}`}
            aria-label={`Take off ${text}`}
            onPress={() => show(without)}
          >
            <span dir="auto">{text}</span> ×
          </Button>
        </li>
      ))}
      {on.length > 1 && (
        <li>
          <Button className={`button plain ${chips.chip}`} onPress={() => show(everything)}>
            Clear all
          </Button>
        </li>
      )}
    </ul>
  )
}

function toChips(view: AuditView, logins: ReadonlyMap<string, string>) {
  const on: { text: string; without: Partial<AuditView> }[] = []
  if (view.time !== null) on.push({ text: timeText(view.time), without: { time: null } })
  if (view.user !== null)
    on.push({
      text: `by ${visibleName(logins.get(view.user) ?? view.user.slice(0, 8))}`,
      without: { user: null },
    })
  if (view.key !== null) on.push({ text: `key ${view.key}…`, without: { key: null } })
  for (const act of view.acts)
    on.push({ text: actTitle(act), without: { acts: view.acts.filter((each) => each !== act) } })
  if (view.outcome !== null) on.push({ text: view.outcome.toLowerCase(), without: { outcome: null } })
  if (view.subject !== null)
    on.push({ text: `done to ${view.subject.slice(0, 8)}`, without: { subject: null } })
  return on
}
