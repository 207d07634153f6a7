import { useState } from 'react'
import { showControls } from '../../parts/show-controls'
import { Content } from './content'
import styles from './transcript.module.css'

/** Members of one level that are shown; a hostile argument may have millions. */
const MAX_SHOWN = 100
const MAX_PARSED = 200_000
/** Longer strings and names fold, as texts do, or are cut. */
const MAX_IN_LINE = 500

/** JSON as a tree that opens level by level; what is no JSON, or too long, stays a text. */
export function JsonTree({ text }: { text: string }) {
  const value = parse(text)
  if (value === undefined) return text.trim() === '' ? null : <Content text={text} isMarkdown={false} />
  if (isBranch(value) && Object.keys(value).length === 0) return null
  return (
    <div className={styles.tree}>
      <Value value={value} depth={0} />
    </div>
  )
}

function Value({ value, depth }: { value: unknown; depth: number }) {
  if (typeof value === 'string')
    return value.includes('\n') || value.length > MAX_IN_LINE ? (
      <Content text={value} isMarkdown={false} />
    ) : (
      <span className={styles.text} dir="auto">
        {showControls(value)}
      </span>
    )
  if (!isBranch(value)) return <span className={styles.scalar}>{String(value)}</span>
  const members = Object.entries(value)
  return (
    <ul>
      {members.slice(0, MAX_SHOWN).map(([name, member]) => (
        <li key={name}>
          {isBranch(member) ? (
            <Branch name={name} member={member} depth={depth} />
          ) : (
            <>
              <Name name={name} /> <Value value={member} depth={depth + 1} />
            </>
          )}
        </li>
      ))}
      {members.length > MAX_SHOWN && <li className="muted">{members.length - MAX_SHOWN} more</li>}
    </ul>
  )
}

/** A member that has members, shown once it is opened: those of all levels may be millions. */
function Branch({ name, member, depth }: { name: string; member: object; depth: number }) {
  const [isOpen, setIsOpen] = useState(depth < 1)
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>
        <Name name={name} />{' '}
        <span className="muted">
          {Array.isArray(member) ? `[${member.length}]` : `{${Object.keys(member).length}}`}
        </span>
      </summary>
      {isOpen && <Value value={member} depth={depth + 1} />}
    </details>
  )
}

function Name({ name }: { name: string }) {
  const shown = name.length > MAX_IN_LINE ? `${name.slice(0, MAX_IN_LINE)}…` : name
  return (
    <span className={styles.name} dir="auto">
      {showControls(shown)}
    </span>
  )
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function parse(text: string): unknown {
  if (text.length > MAX_PARSED) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
