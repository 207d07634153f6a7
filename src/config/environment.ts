import { splitHosts } from '../db/host-list.js'
import type { Environment } from './read.js'

/** Where the databases of DATABASE_URL and DIRECT_DATABASE_URL are, each with its variable's name; none on the embedded store. */
export function readDatabaseAddresses(): { variable: string; address: string }[] {
  return ['DATABASE_URL', 'DIRECT_DATABASE_URL'].flatMap((variable) => {
    const url = process.env[variable]?.trim() ?? ''
    return splitHosts(url).flatMap((one) => {
      if (!URL.canParse(one)) return []
      const { hostname, port, searchParams } = new URL(one)
      const host = hostname || searchParams.get('host') || 'localhost'
      return [{ variable, address: `${decodeURIComponent(host)}:${port || 5432}` }]
    })
  })
}

/** The key that commands use which are clients of a gateway; null when none is set. */
export function readClientKey(): string | null {
  return process.env.SESSION_GATEWAY_KEY?.trim() || null
}

/** Where agents keep their sessions if not below the home folder, as their own variables say; null where unset. */
export function readAgentFolders(env: Environment = process.env) {
  return {
    claudeCode: env.CLAUDE_CONFIG_DIR?.trim() || null,
    codex: env.CODEX_HOME?.trim() || null,
    dataHome: env.XDG_DATA_HOME?.trim() || null,
    geminiHome: env.GEMINI_CLI_HOME?.trim() || null,
    copilot: env.COPILOT_HOME?.trim() || null,
    pi: env.PI_CODING_AGENT_DIR?.trim() || null,
  }
}

/** The environment of a command that this process starts, which speaks to a gateway with this key. */
export function clientEnvironment(key: string | null): NodeJS.ProcessEnv {
  return key === null ? { ...process.env } : { ...process.env, SESSION_GATEWAY_KEY: key }
}

/** The program that shows long texts a screen at a time, with its arguments. */
export function readPager(): string {
  return process.env.PAGER?.trim() || 'less -RFX'
}
