import { Content } from './content'
import styles from './transcript.module.css'

/** Members of one level that are shown; a hostile argument may have millions. */
const MAX_SHOWN = 100
const MAX_PARSED = 200_000

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
    return value.includes('\n') ? (
      <Content text={value} isMarkdown={false} />
    ) : (
      <span className={styles.text}>{value}</span>
    )
  if (!isBranch(value)) return <span className={styles.scalar}>{String(value)}</span>
  const members = Object.entries(value)
  return (
    <ul>
      {members.slice(0, MAX_SHOWN).map(([name, member]) => (
        <li key={name}>
          {isBranch(member) ? (
            <details open={depth < 1}>
              <summary>
                <span className={styles.name}>{name}</span>{' '}
                <span className="muted">
                  {Array.isArray(member) ? `[${member.length}]` : `{${Object.keys(member).length}}`}
                </span>
              </summary>
              {depth < 30 ? (
                <Value value={member} depth={depth + 1} />
              ) : (
                <span className="muted">too deep to show</span>
              )}
            </details>
          ) : (
            <>
              <span className={styles.name}>{name}</span> <Value value={member} depth={depth + 1} />
            </>
          )}
        </li>
      ))}
      {members.length > MAX_SHOWN && <li className="muted">{members.length - MAX_SHOWN} more</li>}
    </ul>
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
