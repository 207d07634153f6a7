import { useState } from 'react'
import {
  Button,
  Input,
  Menu,
  MenuItem,
  MenuTrigger,
  Popover,
  TextField,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components'
import { timeText } from '../../filter/chips'
import chips from '../../filter/filter-bar.module.css'
import { TimePicker } from '../../filter/time-picker'
import { visibleName } from '../../parts/show-controls'
import table from '../../styles/table.module.css'
import { auditActs } from './acts.generated'
import styles from './audit-screen.module.css'
import { type AuditView, actTitle, everything, type Person, readUuid } from './audit-view'
import type { AuditAddress } from './use-audit-address'

interface AuditBarProps {
  address: AuditAddress
  /** Members who may have acted. */
  people: readonly Person[]
  /** Asks for further ones; null where there are none. */
  onMorePeople: (() => void) | null
  onRenew: () => void
}

const outcomes = { any: 'all', DONE: 'done', REFUSED: 'refused' } as const

/** What narrows the audit: time, people, acts, outcome, and one thing that it was done to. */
export function AuditBar({ address, people, onMorePeople, onRenew }: AuditBarProps) {
  const { view, show } = address
  return (
    <div>
      <div className={table.head}>
        <h1>Audit</h1>
        <TimePicker time={view.time} onChange={show} />
        <MenuTrigger>
          <Button className="button">by whom ▾</Button>
          <Popover className="popover">
            <Menu
              className={`menu ${styles.menu}`}
              aria-label="Who acted"
              selectionMode="single"
              selectedKeys={view.user === null ? [] : [view.user]}
              onAction={(key) => show({ user: key === view.user ? null : String(key) })}
            >
              {people.map(({ uuid, login }) => (
                <MenuItem key={uuid} id={uuid} className="menu-item" textValue={visibleName(login)}>
                  {visibleName(login)} <span aria-hidden="true">{uuid === view.user ? '✓' : ''}</span>
                </MenuItem>
              ))}
            </Menu>
            {onMorePeople !== null && (
              <Button className="button plain" onPress={onMorePeople}>
                Show more people
              </Button>
            )}
          </Popover>
        </MenuTrigger>
        <MenuTrigger>
          <Button className="button">acts ▾</Button>
          <Popover className="popover">
            <Menu
              className={`menu ${styles.menu}`}
              aria-label="What was done"
              selectionMode="multiple"
              selectedKeys={view.acts}
              onSelectionChange={(keys) =>
                show({ acts: auditActs.filter((act) => keys !== 'all' && keys.has(act)) })
              }
            >
              {auditActs.map((act) => (
                <MenuItem key={act} id={act} className="menu-item" textValue={actTitle(act)}>
                  {actTitle(act)} <span aria-hidden="true">{view.acts.includes(act) ? '✓' : ''}</span>
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
        <ToggleButtonGroup
          aria-label="Outcome"
          className={styles.outcomes ?? ''}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[view.outcome ?? 'any']}
          onSelectionChange={(keys) => {
            const [outcome] = keys
            show({ outcome: outcome === 'DONE' || outcome === 'REFUSED' ? outcome : null })
          }}
        >
          {Object.entries(outcomes).map(([name, title]) => (
            <ToggleButton key={name} id={name} className="button">
              {title}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <SubjectField onFind={(subject) => show({ subject })} />
        <span className={table.gap} />
        <Button className="button plain" onPress={onRenew}>
          Look again
        </Button>
      </div>
      <AuditChips address={address} people={people} />
    </div>
  )
}

/** Takes the uuid of a session, or of whatever else it was done to. */
function SubjectField({ onFind }: { onFind: (subject: string) => void }) {
  const [text, setText] = useState('')
  return (
    <TextField
      aria-label="Id of a session"
      className={styles.subjectField ?? ''}
      value={text}
      onChange={(typed) => {
        const subject = readUuid(typed)
        setText(subject === null ? typed : '')
        if (subject !== null) onFind(subject)
      }}
    >
      <Input className="field" placeholder="paste the id of a session" autoComplete="off" />
    </TextField>
  )
}

/** What is on; a click takes it off. */
function AuditChips({ address, people }: { address: AuditAddress; people: readonly Person[] }) {
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
