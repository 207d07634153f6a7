import { Suspense, useDeferredValue, useState } from 'react'
import { Button } from 'react-aria-components'
import { compact, exact } from '../../format'
import { part } from '../../parts/part'
import { PlainText } from './plain-text'
import styles from './transcript.module.css'

const Markdown = part(() => import('./markdown'), PlainText)

const FOLDED_LINES = 20
const FOLDED_CHARACTERS = 4000
/** Beyond it a text is no longer read as markdown, and shown up to here alone: a line of megabytes must not freeze. */
const MAX_CHARACTERS = 100_000

interface ContentProps {
  text: string
  isMarkdown: boolean
}

/** What a message says: long texts folded, with their length; very long ones by their beginning. */
export function Content({ text, isMarkdown }: ContentProps) {
  const [isOpen, setIsOpen] = useState(false)
  // As it stands at first: reading many texts as markdown in one go would make scrolling wait.
  const mayTakeTime = useDeferredValue(true, false)
  const beginning = beginningOf(text)
  const isLong = beginning.length < text.length
  const shown = isLong ? (isOpen ? text.slice(0, MAX_CHARACTERS) : beginning) : text
  return (
    <div className={styles.content}>
      {isMarkdown && mayTakeTime && shown.length <= MAX_CHARACTERS && (!isLong || isOpen) ? (
        <Suspense fallback={<PlainText text={shown} />}>
          <Markdown text={shown} />
        </Suspense>
      ) : (
        <PlainText text={shown} />
      )}
      {isLong && (
        <Button className="button plain" onPress={() => setIsOpen(!isOpen)}>
          {isOpen ? '▾ fold' : `▸ ${exact(countLines(text))} lines, ${compact(text.length)} characters`}
        </Button>
      )}
      {isOpen && text.length > MAX_CHARACTERS && (
        <p className="muted">
          The first {exact(MAX_CHARACTERS)} characters are shown; an export has them all.
        </p>
      )}
    </div>
  )
}

function beginningOf(text: string): string {
  let end = -1
  for (let line = 0; line < FOLDED_LINES; line += 1) {
    end = text.indexOf('\n', end + 1)
    if (end === -1) break
  }
  return text.slice(0, Math.min(end === -1 ? text.length : end, FOLDED_CHARACTERS))
}

function countLines(text: string): number {
  let count = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
