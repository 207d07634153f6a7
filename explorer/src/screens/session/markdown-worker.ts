import type { Sent } from '../../parts/patient-worker'
import { type MarkdownTree, readMarkdown } from './read-markdown'

self.onmessage = ({ data: { id, content } }: MessageEvent<Sent<string>>) => {
  self.postMessage({ id, content: readMarkdown(content) } satisfies Sent<MarkdownTree | null>)
}
