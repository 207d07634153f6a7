import type { TestProject } from 'vitest/node'
import { type ClientName, installers, packages } from './clients.js'

/** Where a client is, or why there is none. */
export type Installation = { at: string; missing: null } | { at: null; missing: string }

declare module 'vitest' {
  interface ProvidedContext {
    clients: Record<ClientName, Installation>
  }
}

/** Installs what is not there yet, and says what is skipped and why. */
export default async function setup(project: TestProject): Promise<void> {
  const found = {} as Record<ClientName, Installation>
  for (const [name, install] of Object.entries(installers) as [ClientName, () => Promise<string>][]) {
    found[name] = await install().then(
      (at) => ({ at, missing: null }),
      (error: Error) => ({ at: null, missing: error.message }),
    )
    const { missing } = found[name]
    if (missing !== null) console.log(`skipped: ${packages[name]} (${missing})`)
  }
  project.provide('clients', found)
}
