import { execFile, execFileSync } from 'node:child_process'
import { mkdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const exec = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Of the history, the oldest gateway that the store still lets in and that runs on the packages that are locked now (one is for it alone: `@envelop/graphql-jit`). */
const COMMIT = 'b7593060ec6cf85f902b5f8ce3d7df3d6ffacbd7'

/** Why there is none here; null where there is. */
export function whyNoOlderGateway(): string | null {
  try {
    execFileSync('git', ['cat-file', '-e', `${COMMIT}^{commit}`], { cwd: root, stdio: 'ignore' })
    return null
  } catch {
    return `no commit ${COMMIT.slice(0, 8)} here`
  }
}

/** The sources of that gateway in a folder of their own, ready to run by tsx, and what removes them. */
export async function makeOlderGateway(): Promise<{ main: string; remove(): Promise<void> }> {
  // Below the repository, whose packages it runs on.
  const folder = join(root, '.e2e', `older-${process.pid}`)
  await mkdir(folder, { recursive: true })
  const unpack = `git -C '${root}' archive ${COMMIT} src prisma prisma.config.ts package.json tsconfig.json | tar x -C '${folder}'`
  await exec('bash', ['-e', '-o', 'pipefail', '-c', unpack])
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await exec('npx', ['prisma', 'generate'], { cwd: folder })
  return {
    main: join(folder, 'src/main.ts'),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
