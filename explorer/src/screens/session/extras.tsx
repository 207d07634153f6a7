import { compact } from '../../format'
import { Content } from './content'
import styles from './transcript.module.css'

/** What stands beside a message's text: reasoning, folded, and pictures, small until asked. */
export function Extras({ metadata }: { metadata: Record<string, unknown> | null | undefined }) {
  if (metadata == null) return null
  const reasoning = readReasoning(metadata)
  const pictures = readPictures(metadata.content)
  return (
    <>
      {reasoning !== '' && (
        <details className={styles.reasoning}>
          <summary>Reasoning · {compact(reasoning.length)} characters</summary>
          <Content text={reasoning} isMarkdown />
        </details>
      )}
      {pictures.map((source, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pictures of one message do not move.
        <details key={index} className={styles.picture}>
          <summary>Picture {index + 1}</summary>
          <img src={source} alt={`Number ${index + 1} of this message`} />
        </details>
      ))}
    </>
  )
}

function readReasoning(metadata: Record<string, unknown>): string {
  const found = metadata.reasoning_content ?? metadata.reasoning ?? metadata.thinking
  return typeof found === 'string' ? found : ''
}

/** Pictures that the transcript carries itself; those elsewhere are not loaded. */
function readPictures(content: unknown): string[] {
  if (!Array.isArray(content)) return []
  return content.flatMap((part: { image_url?: string | { url?: string } }) => {
    const url = typeof part?.image_url === 'string' ? part.image_url : part?.image_url?.url
    return typeof url === 'string' && /^data:image\/(png|jpeg|gif|webp);base64,/.test(url) ? [url] : []
  })
}
