import { join } from 'node:path'
import type { ClientHome, ClientResult } from './client.js'

/** Compiles and runs a program of the crate. */
export function runRust(
  home: ClientHome,
  crate: string,
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<ClientResult> {
  const cargo = ['run', '--quiet', '--locked', '--offline', '--bin', program]
  const manifest = ['--manifest-path', join(crate, 'Cargo.toml')]
  return home.run('cargo', [...cargo, ...manifest, '--', ...args], { ...toolchain(), ...env })
}

/** Where rustup and cargo keep what they run: in the home of whoever runs the tests. */
function toolchain(): Record<string, string> {
  const own = process.env.HOME ?? ''
  return {
    CARGO_HOME: process.env.CARGO_HOME ?? join(own, '.cargo'),
    RUSTUP_HOME: process.env.RUSTUP_HOME ?? join(own, '.rustup'),
  }
}
