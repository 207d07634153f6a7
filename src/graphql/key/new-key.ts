import type { createKey } from '../../domain/key/write.js'
import type { Outputs } from '../schema/builder.js'
import { ApiKeyType } from './key.js'

type NewKey = Awaited<ReturnType<typeof createKey>>

/** What an answer tells of a key that was made, whose secret is told this once. */
export const newKeyFields = (t: Outputs<NewKey>) => ({
  apiKey: t.member('key', ApiKeyType, 'The key, new.'),
  secret: t.member(
    'secret',
    'String',
    'What a client sends as its credential. It is stored nowhere, and told this once.',
  ),
})
