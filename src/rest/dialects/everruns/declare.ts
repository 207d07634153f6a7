import { routesBelow } from '../../route.js'

/** Declares a route of the organization sessions API. */
export const route = routesBelow<never>()('/v1')
