import { adminActs } from './admin/acts.js'
import type { Acts } from './beside/printed.js'
import { eraseActs } from './erase/acts.js'
import { keyActs } from './keys/acts.js'
import { projectActs } from './projects/acts.js'

/** Everything that commands have a gateway do which holds their embedded store. */
export const storeActs: Acts = { ...keyActs, ...adminActs, ...projectActs, ...eraseActs }
