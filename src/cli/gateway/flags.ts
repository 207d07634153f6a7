import type { Command } from 'commander'

/** Which gateway a command asks, and where in it; each has what a first try needs. */
export function withGatewayFlags(command: Command): Command {
  return command
    .option('--url <url>', 'address of the gateway', 'http://127.0.0.1:4000/graphql')
    .option(
      '--key <key>',
      'API key (default: SESSION_GATEWAY_KEY; for a gateway on this machine the key of the demo)',
    )
    .option('--org <slug>', 'organization (default: that of the key)')
    .option('--workspace <slug>', 'workspace (default: the default one of the key)')
}
