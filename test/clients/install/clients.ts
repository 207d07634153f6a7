import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fillOnce, folderFor } from './folder.js'
import { runTool } from './run-tool.js'

/** The packages, at the versions that docs/clients.md names. */
export const packages = {
  dreadnode: 'dreadnode==2.0.52',
  everrunsPython: 'everruns-sdk==0.3.1',
  everrunsRust: 'everruns-sdk 0.3.1',
  everrunsTypescript: '@everruns/sdk@0.2.1',
} as const
export type ClientName = keyof typeof packages

/** How each is installed; gives the folder of its programs, for npm that of its modules, for cargo that of the crate. */
export const installers: Record<ClientName, () => Promise<string>> = {
  // pyte reads what the interactive client paints into its terminal.
  dreadnode: () => installWithPip([packages.dreadnode, 'pyte==0.8.2']),
  everrunsPython: () => installWithPip([packages.everrunsPython]),
  everrunsRust: buildWithCargo,
  everrunsTypescript: installWithNpm,
}

async function installWithPip(wanted: readonly string[]): Promise<string> {
  const folder = folderFor('python', wanted)
  const bin = join(folder, 'bin')
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input', 'install', '--quiet']
  await fillOnce(folder, async () => {
    await runTool('python3', ['-m', 'venv', folder])
    // The pip that comes with Python 3.11 cannot resolve dreadnode.
    await runTool(join(bin, 'python'), [...pip, '--upgrade', 'pip'])
    await runTool(join(bin, 'python'), [...pip, ...wanted])
  })
  return bin
}

async function installWithNpm(): Promise<string> {
  const folder = folderFor('npm', [packages.everrunsTypescript])
  const patience = ['--fetch-timeout=20000', '--fetch-retries=1']
  const npm = [
    'install',
    '--loglevel=error',
    '--no-save',
    '--ignore-scripts',
    ...patience,
    '--prefix',
    folder,
  ]
  await fillOnce(folder, () => runTool('npm', [...npm, packages.everrunsTypescript]))
  return join(folder, 'node_modules')
}

async function buildWithCargo(): Promise<string> {
  const folder = folderFor('rust', [packages.everrunsRust])
  await fillOnce(folder, async () => {})
  await cp('test/clients/rust', folder, { recursive: true })
  // What others publish; a program of ours that does not compile fails its test instead.
  await runTool('cargo', ['build', '--locked', '--quiet', '--package', 'everruns-sdk'], { cwd: folder })
  return folder
}
