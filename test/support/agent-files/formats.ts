import type { Conversation } from './conversation.js'
import * as documents from './document-formats.js'
import * as lines from './line-formats.js'

/** How a program writes a conversation down. */
export interface AgentFile {
  /** End of the file's name. */
  suffix: string
  /** The lines of a file that grows; null for one that is written as a whole. */
  lines: ((conversation: Conversation) => object[]) | null
  content(conversation: Conversation): string | Uint8Array
  /** What tells the session: a uuid that it keeps, a name that its id comes from, or what it holds. */
  identity: 'uuid' | 'name' | 'content'
  /** Whether it tells when something was said. */
  hasTimes: boolean
}

const ofLines = (
  write: (conversation: Conversation) => object[],
  identity = 'uuid' as AgentFile['identity'],
): AgentFile => ({
  ...{ suffix: '.jsonl', lines: write, identity, hasTimes: true },
  content: (conversation) =>
    write(conversation)
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
})

const ofDocument = (
  write: (conversation: Conversation) => object,
  { suffix = '.json', identity = 'uuid' as AgentFile['identity'], hasTimes = true } = {},
): AgentFile => ({
  ...{ suffix, lines: null, identity, hasTimes },
  content: (conversation) => JSON.stringify(write(conversation)),
})

/** Every format that agents write, under the name that `--format` has for it, or with what tells it apart behind it. */
export const agentFiles = {
  'claude-code': ofLines(lines.claudeCode),
  codex: ofLines(lines.codex),
  copilot: ofLines(lines.copilot),
  pi: ofLines(lines.pi),
  'qwen-code': ofLines(lines.qwenCode),
  'gemini-cli lines': ofLines(lines.geminiLines),
  'gemini-cli': ofDocument(documents.geminiRecord),
  opencode: ofDocument(documents.opencode, { identity: 'name' }),
  atif: ofDocument(documents.atif),
  chat: ofDocument(documents.chat),
  'chat lines': ofLines(lines.chatMessages, 'content'),
  'tau2-bench': ofDocument(documents.tau2),
  'tau-bench': ofDocument((conversation) => [documents.tauBench(conversation)], { identity: 'content' }),
  'swe-agent': ofDocument(documents.sweAgent, { suffix: '.traj', identity: 'content', hasTimes: false }),
  'mini-swe-agent': ofDocument(documents.miniSweAgent, { suffix: '.traj.json', identity: 'content' }),
  openhands: ofDocument(documents.openHands, { identity: 'content' }),
  otlp: ofDocument(documents.otlp, { suffix: '.otlp.json' }),
  'otlp protobuf': {
    ...{ suffix: '.pb', lines: null, identity: 'uuid', hasTimes: true },
    content: documents.otlpProtobuf,
  },
} as const satisfies Record<string, AgentFile>
export type AgentFileName = keyof typeof agentFiles
export const agentFileNames = Object.keys(agentFiles) as AgentFileName[]
