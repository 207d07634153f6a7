import { homedir } from 'node:os'
import { join } from 'node:path'
import { readAgentFolders } from '../../config/environment.js'

/** A program that keeps its sessions on this machine. */
export interface Agent {
  /** What people call it. */
  title: string
  /** Folders, or single files, where it may keep them, below the home folder unless its own variable says otherwise. */
  folders(home: string, set: ReturnType<typeof readAgentFolders>): string[]
  /** Which files there hold sessions. */
  fileName: RegExp
}

/** The agents that `--from` knows. */
export const agents = {
  'claude-code': {
    title: 'Claude Code',
    folders: (home, { claudeCode }) => [join(claudeCode ?? join(home, '.claude'), 'projects')],
    fileName: /\.jsonl$/,
  },
  codex: {
    title: 'Codex',
    folders: (home, { codex }) =>
      ['sessions', 'archived_sessions'].map((name) => join(codex ?? join(home, '.codex'), name)),
    fileName: /^rollout-.*\.jsonl?$/,
  },
  'gemini-cli': {
    title: 'Gemini CLI',
    folders: (home, { geminiHome }) => [join(geminiHome ?? home, '.gemini', 'tmp')],
    fileName: /^(session-|checkpoint-).*\.json$|\.jsonl$/,
  },
  'qwen-code': {
    title: 'Qwen Code',
    folders: (home) => ['projects', 'tmp'].map((name) => join(home, '.qwen', name)),
    fileName: /^(session-|checkpoint-).*\.json$|\.jsonl$/,
  },
  opencode: {
    title: 'opencode',
    // The same on every system, as it follows the XDG folders everywhere.
    // What newer versions keep in a database stands beside the files of older ones.
    folders: (home, { dataHome }) =>
      [join('storage', 'session'), 'opencode.db'].map((name) =>
        join(dataHome ?? join(home, '.local', 'share'), 'opencode', name),
      ),
    fileName: /^ses_.*\.json$|^opencode\.db$/,
  },
  copilot: {
    title: 'GitHub Copilot CLI',
    folders: (home, { copilot }) =>
      ['session-state', 'history-session-state'].map((name) => join(copilot ?? join(home, '.copilot'), name)),
    fileName: /\.jsonl?$/,
  },
  openhands: {
    title: 'OpenHands',
    folders: (home) => ['conversations', 'sessions'].map((name) => join(home, '.openhands', name)),
    fileName: /^base_state\.json$|^\d+\.json$/,
  },
  pi: {
    title: 'pi',
    folders: (home, { pi }) => [join(pi ?? join(home, '.pi', 'agent'), 'sessions')],
    fileName: /\.jsonl$/,
  },
} as const satisfies Record<string, Agent>
export type AgentName = keyof typeof agents
export const agentNames = Object.keys(agents) as AgentName[]

/** The agent that somebody means by its name or the first word of it, `gemini`; null for none. */
export function agentCalled(text: string): AgentName | null {
  return agentNames.find((name) => name === text || name.split('-')[0] === text) ?? null
}

/** The folders where an agent may keep its sessions. */
export function foldersOf(agent: Agent, home = homedir()): string[] {
  return agent.folders(home, readAgentFolders())
}
