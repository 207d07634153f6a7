import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startGateway } from '../../src/cli/serve.js'
import { readConfig } from '../../src/config/read.js'

export interface RunningGateway {
  origin: string
  close(): Promise<void>
}

/** The gateway as `npm start` serves it, with its demo tenant, on a free port and a folder of its own. */
export async function startDemoGateway(env: Record<string, string> = {}, port = 0): Promise<RunningGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'session-gateway-'))
  const config = readConfig({ LOG_LEVEL: 'silent', ...env }, { port, data: join(folder, 'data') })
  const running = await startGateway(config, { migrate: true })
  return {
    origin: running.url,
    close: async () => {
      await running.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
