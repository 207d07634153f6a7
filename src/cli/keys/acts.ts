import { create } from './create.js'
import { list } from './list.js'
import type { KeyAct } from './printed.js'
import { revoke } from './revoke.js'

/** What the commands do to a store, by their names. */
export const keyActs = { create, list, revoke } satisfies Record<string, KeyAct>
