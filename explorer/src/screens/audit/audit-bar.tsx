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
import { TimePicker } from '../../filter/time-picker'
import { visibleName } from '../../parts/show-controls'
import table from '../../styles/table.module.css'
import { auditActs } from './acts.generated'
import { AuditChips } from './audit-chips'
import styles from './audit-screen.module.css'
import { actTitle, type Person, readUuid } from './audit-view'
import type { AuditAddress } from './use-audit-address'

interface AuditBarProps {
  address: AuditAddress
  /** Members who may have acted. */
  people: readonly Person[]
  onRenew: () => void
}

const outcomes = { any: 'all', DONE: 'done', REFUSED: 'refused' } as const

/** What narrows the audit: time, people, acts, outcome, and one thing that it was done to. */
export function AuditBar({ address, people, onRenew }: AuditBarProps) {
  const { view, show } = address
  return (
    <div>
      <div className={table.head}>
        <h1>Audit</h1>
        <div className={styles.time}>
          <TimePicker time={view.time} onChange={show} />
        </div>
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
