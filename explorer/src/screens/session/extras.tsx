import { compact } from '../../format'
import { Content } from './content'
import { Pictures } from './pictures'
import styles from './transcript.module.css'

/** What stands beside a message's text: reasoning, folded, and pictures, small until asked. */
export function Extras({ metadata }: { metadata: Record<string, unknown> | null | undefined }) {
  if (metadata == null) return null
  const reasoning = readReasoning(metadata)
  return (
    <>
      {reasoning !== '' && (
        <details className={styles.reasoning}>
          <summary>Reasoning · {compact(reasoning.length)} characters</summary>
          <Content text={reasoning} isMarkdown />
        </details>
      )}
      <Pictures metadata={metadata} />
    </>
  )
}

function readReasoning(metadata: Record<string, unknown>): string {
  const found = metadata.reasoning_content ?? metadata.reasoning ?? metadata.thinking
  return typeof found === 'string' ? found : ''
}
