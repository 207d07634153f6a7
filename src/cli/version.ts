import { existsSync, readFileSync } from 'node:fs'

/** What runs here: the package's version, and the commit that was built if the build knew it. */
export interface Build {
  version: string
  commit: string | null
}

/** The version of this gateway, as its package says. */
export function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** The version with the commit that `npm run build` noted; null for sources that run unbuilt. */
export function readBuild(): Build {
  const noted = new URL('../build.json', import.meta.url)
  const isBuilt = import.meta.url.endsWith('.js') && existsSync(noted)
  const { commit } = isBuilt
    ? (JSON.parse(readFileSync(noted, 'utf8')) as Pick<Build, 'commit'>)
    : { commit: null }
  return { version: readVersion(), commit }
}
