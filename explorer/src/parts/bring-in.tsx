import type { PagePath } from '../view/path'

/** How sessions come in: a command to copy, and what it does. */
export default function BringIn({ path: { organization, workspace } }: { path: PagePath }) {
  return (
    <>
      <p>
        What Claude Code keeps on your machine comes in by this command, in the folder of the gateway; it asks
        before it reads, and follows the sessions as they grow.
      </p>
      <pre className="command">
        node dist/main.js import --from claude-code --watch --url {location.origin} --org {organization}{' '}
        --workspace {workspace}
      </pre>
      <p className="muted">
        Where the gateway is installed, <code>session-gateway</code> stands for <code>node dist/main.js</code>
        . The key is taken from <code>SESSION_GATEWAY_KEY</code>; on the gateway's own machine a demo needs
        none. Others by <code>--from</code>: codex, gemini-cli, qwen-code, opencode, copilot, openhands, pi;
        any file or folder by its path. Sessions come in private; whoever owns them shares them.
      </p>
    </>
  )
}
