import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { readImage } from './image.js'

const exec = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

export const image = readImage(join(root, 'Dockerfile'))

const isRoot = process.getuid?.() === 0
/** Whom the image names `node`; only root can become another. */
export const user = {
  uid: isRoot ? 1000 : (process.getuid?.() ?? 0),
  gid: isRoot ? 1000 : (process.getgid?.() ?? 0),
}

/** Below the repository, so that its packages can be linked in place of copied. */
const folder = join(root, '.e2e', `image-${process.pid}`)

/** What the Dockerfile makes, in folders here for those of the image. */
export const places = {
  '/src': join(folder, 'src'),
  '/opt': join(folder, 'opt'),
  '/data': join(folder, 'data'),
} as const

/** A text of the Dockerfile with its places in the temporary folder. */
const here = (text: string) =>
  Object.entries(places)
    .reduce((moved, [from, to]) => moved.replaceAll(from, to), text)
    .replaceAll('--owner=node', `--owner=${user.uid}`)

/** Runs each step of the Dockerfile; gives the environment that the image has, with its programs on the path. */
export async function install(): Promise<Record<string, string>> {
  const { stdout } = await exec('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  })
  for (const path of stdout.trim().split('\n')) {
    await mkdir(dirname(join(places['/src'], path)), { recursive: true })
    await cp(join(root, path), join(places['/src'], path)).catch((error) => {
      // Named by git, but deleted and not yet committed.
      if (error.code !== 'ENOENT') throw error
    })
  }
  await exec('cp', ['-al', join(root, 'node_modules'), places['/src']])
  for (const step of image.steps) {
    // The very packages that are linked here: .ci/run begins with the same command.
    if (step === 'npm ci') continue
    await exec('bash', ['-e', '-c', here(step)], { cwd: places['/src'], maxBuffer: 2 ** 26 })
  }
  await chmod(folder, 0o755)
  const env = Object.fromEntries(Object.entries(image.env).map(([name, value]) => [name, here(value)]))
  return { ...env, PATH: env.PATH?.replace('$PATH', process.env.PATH ?? '') ?? '', HOME: places['/data'] }
}

export const uninstall = (): Promise<void> => rm(folder, { recursive: true, force: true })
