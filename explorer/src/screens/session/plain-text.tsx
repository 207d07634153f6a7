import Anser from 'anser'
import { showControls } from '../../parts/show-controls'
import styles from './transcript.module.css'

/** Colours of more than so many pieces would hold up the page; what follows them stands without. */
const MOST_PIECES = 2000

/** A text as it stands: ANSI colours kept, other control characters shown, lines of a diff told apart. */
export function PlainText({ text }: { text: string }) {
  if (isDiff(text)) return <pre dir="ltr">{coloured(linesOf(text))}</pre>
  if (!text.includes('\u001b[')) return <pre dir="auto">{showControls(text)}</pre>
  const pieces = Anser.ansiToJson(text, { use_classes: true, remove_empty: true })
  return (
    <pre dir="auto">
      {coloured(
        pieces.map(({ content, fg, decorations }) => ({
          content,
          className: [fg, ...decorations].filter(Boolean).join(' '),
        })),
      )}
    </pre>
  )
}

function coloured(pieces: readonly { content: string; className: string | undefined }[]) {
  const rest = pieces.slice(MOST_PIECES).map(({ content }) => content)
  return [...pieces.slice(0, MOST_PIECES), { content: rest.join(''), className: '' }].map(
    ({ content, className }, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text do not move.
      <span key={index} className={className}>
        {showControls(content)}
      </span>
    ),
  )
}

function linesOf(text: string) {
  const kinds = { '+': styles.added, '-': styles.removed, '@': styles.hunk } as const
  return text
    .split('\n')
    .map((line) => ({ content: `${line}\n`, className: kinds[line[0] as keyof typeof kinds] }))
}

function isDiff(text: string): boolean {
  return /^(diff --git |--- [^\n]*\n\+\+\+ |@@ -\d)/m.test(text.slice(0, 2000))
}
