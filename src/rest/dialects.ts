import { dreadnode } from './dialects/dreadnode/dialect.js'
import { everruns, everrunsSdk } from './dialects/everruns/dialect.js'
import type { Dialect } from './route.js'

/** Every REST API that the gateway speaks; nothing else names them. */
export const dialects: readonly Dialect[] = [dreadnode, everruns, everrunsSdk]
