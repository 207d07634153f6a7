import type { Act } from '../beside/printed.js'
import { create } from './create.js'
import { list } from './list.js'
import { revoke } from './revoke.js'

/** What the commands do to a store, by their names. */
export const keyActs = { create, list, revoke } satisfies Record<string, Act>
