import type { SourceMessage } from '../source.js'
import { messageMembers } from './codex-answer.js'
import { readBlocks } from './content-blocks.js'
import { splitHarnessText } from './harness-text.js'
import { type Json, membersBut } from './loose.js'

/** A message of a person, or of the harness in a person's name; `isTyped` tells a person's. */
export function toPrompt(
  item: Json,
  format = 'codex',
): Pick<SourceMessage, 'role' | 'content' | 'pictures' | 'metadata'> & {
  isTyped: boolean
} {
  const { text, pictures, rest } = readBlocks(item.content)
  const { typed, wrapped } = splitHarnessText(text)
  const isTyped = item.role === 'user' && (typed !== '' || pictures.length > 0)
  const metadata = {
    ...membersBut(item, messageMembers),
    ...(item.role === 'user' || item.role === 'system' ? {} : { role: item.role }),
    ...(isTyped && wrapped !== '' ? { wrapped } : {}),
    ...(rest.length > 0 ? { content: rest } : {}),
  }
  return {
    isTyped,
    role: isTyped ? 'USER' : 'SYSTEM',
    content: isTyped ? typed : text,
    ...(pictures.length > 0 ? { pictures } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata: { [format]: metadata } } : {}),
  }
}
