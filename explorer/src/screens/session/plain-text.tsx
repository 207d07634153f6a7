import Anser from 'anser'
import { showControls } from '../../parts/show-controls'
import styles from './transcript.module.css'

/** A text as it stands: ANSI colours kept, other control characters shown, lines of a diff told apart. */
export function PlainText({ text }: { text: string }) {
  if (isDiff(text)) return <Diff text={text} />
  if (!text.includes('\u001b[')) return <pre dir="auto">{showControls(text)}</pre>
  return (
    <pre dir="auto">
      {Anser.ansiToJson(text, { use_classes: true, remove_empty: true }).map(
        ({ content, fg, decorations }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text do not move.
          <span key={index} className={[fg, ...decorations].filter(Boolean).join(' ')}>
            {showControls(content)}
          </span>
        ),
      )}
    </pre>
  )
}

function Diff({ text }: { text: string }) {
  const kinds = { '+': styles.added, '-': styles.removed, '@': styles.hunk } as const
  return (
    <pre dir="ltr">
      {text.split('\n').map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text do not move.
        <span key={index} className={kinds[line[0] as keyof typeof kinds]}>
          {showControls(line)}
          {'\n'}
        </span>
      ))}
    </pre>
  )
}

function isDiff(text: string): boolean {
  return /^(diff --git |--- [^\n]*\n\+\+\+ |@@ -\d)/m.test(text.slice(0, 2000))
}
