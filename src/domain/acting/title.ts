import type { TitleSource } from '../../db/sql.js'
import type { Session } from '../session/fields.js'

/** A title that a client sends, and whether a person or a program made it up. */
export interface TitleInput {
  title?: string | null
  /** `person` unless said otherwise. */
  titleSource?: TitleSource | null
}

/** What a title changes; an automatic one never takes the place of a person's. Absent leaves, null clears. */
export function titleChange(
  stored: Pick<Session, 'title' | 'titleSource'>,
  { title, titleSource }: TitleInput,
): Partial<Pick<Session, 'title' | 'titleSource'>> {
  const source = titleSource ?? 'person'
  // A title of unknown source counts as a person's.
  const persons = stored.title !== null && stored.titleSource !== 'machine'
  if (title === undefined || (source === 'machine' && persons)) return {}
  return { title, titleSource: title === null ? null : source }
}
