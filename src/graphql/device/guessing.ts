import type { Viewer } from '../../domain/viewer.js'
import type { GatewayContext } from '../schema/context.js'

/** Does for the caller what takes the code of a login; `RATE_LIMITED` for whoever was wrong too often. */
export async function guessing<Answer>(
  context: GatewayContext,
  ask: (viewer: Viewer) => Promise<Answer>,
): Promise<Answer> {
  const { viewer } = await context.caller()
  return context.limitGuesses(viewer, () => ask(viewer))
}
