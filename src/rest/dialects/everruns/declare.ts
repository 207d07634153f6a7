import { routesBelow, streamsBelow } from '../../route.js'
import type { Mount } from './mounts.js'

/** What a route asks of the caller before it looks at the request. */
export type Ask = 'a user'

/** Declares a route of the organization sessions API below one of its mounts. */
export function route(mount: Mount) {
  return routesBelow<Ask>()(mount.base)
}

/** As `route`, for an answer that goes out in pieces. */
export function streamedRoute(mount: Mount) {
  return streamsBelow<Ask>()(mount.base)
}
