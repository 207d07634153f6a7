import { setOf } from '../../../rules/listed.js'
import { parseUuid } from '../../../rules/uuid.js'
import type { FileStart, FilesAround, Format, SourcePiece, SourceRecord } from '../format.js'
import {
  isObject,
  type SourceDefaults,
  type SourceHead,
  type SourceIdentity,
  WithoutMessages,
} from '../source.js'
import type { SubagentCall } from './claude-code-calls.js'
import { titleLine } from './claude-code-members.js'
import { ClaudeCodeThread } from './claude-code-thread.js'
import { LeftOutTally } from './left-out.js'
import { type Json, looseName, looseObject, membersBut, metadataOf } from './loose.js'
import { nameOf } from './names.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'

/** Session logs of Claude Code, `~/.claude/projects/<folder>/<session>.jsonl`, and those of its sub-agents. */
export const claudeCode: Format = {
  title: 'Claude Code session',
  input: 'file',
  recognizes: ({ values, path }) =>
    (values.some(isEntry) || (isLog(path) && values.every(isTyped))) &&
    !values.some((value) => isObject(value) && 'role' in value),
  looksLike: ({ values, path }: FileStart) =>
    values.some((value) => isObject(value) && ('parentUuid' in value || isResult(value))) || isLog(path),
  firstEntry: (values) =>
    values.filter(isObject).reduce<string | null>((first, { uuid }) => first ?? looseName(uuid), null),
  read: readFile,
}

/** Kinds of lines that tell of other lines, or of the harness alone; they may stand before the first entry. */
const titleKinds = setOf('summary custom-title ai-title')
/** Kinds of lines that a session which was only opened may hold alone. */
const housekeeping = setOf(
  `queue-operation last-prompt permission-mode mode agent-name agent-color agent-setting tag pr-link bridge-session
   worktree-state cost-state atis-latch fork-context-ref continued-in relocated`,
)

function isEntry(value: unknown): boolean {
  if (!isObject(value)) return false
  if (value.type === 'summary') return 'leafUuid' in value
  if (value.type === 'file-history-snapshot') return isObject(value.snapshot)
  if (value.type === 'user' || value.type === 'assistant')
    return isObject(value.message) && 'content' in value.message && !('payload' in value)
  const kind = String(value.type)
  return 'sessionId' in value && ('parentUuid' in value || titleKinds.has(kind) || housekeeping.has(kind))
}

/** A line of any kind; logs that were only opened, and journals of workflows, hold housekeeping alone, of ever more kinds. */
function isTyped(value: unknown): boolean {
  return isObject(value) && typeof value.type === 'string'
}

function isLog(path: string): boolean {
  return /[/\\]\.claude[/\\]projects[/\\].*\.jsonl$/.test(path)
}

/** What a run prints that shows no messages. */
function isResult({ type, session_id: session }: Json): boolean {
  return type === 'result' && typeof session === 'string'
}

interface Thread {
  sessionId: string | null
  /** The sub-agent's id, or the first entry of its chain; null for the main conversation. */
  subagent: string | null
  agentName: string | null
  lines: ClaudeCodeThread
}

interface Title {
  title: string
  titleSource: 'PERSON' | 'MACHINE'
}

function* readFile(
  records: Iterable<SourceRecord>,
  defaults: SourceDefaults,
  _aside: unknown,
  files: FilesAround,
): Generator<SourcePiece> {
  const agent = defaults.agent ?? 'claude-code'
  const threads = new Map<string, Thread>()
  const chains = new Map<string, string>()
  const titles: Json[] = []
  const stray = new LeftOutTally()
  let current: string | null = null
  for (const { value, at } of records) {
    if (!isObject(value) || typeof value.type !== 'string') {
      stray.add('lines that are no entries')
      continue
    }
    if (titleKinds.has(value.type)) {
      titles.push(value)
      stray.addUnread(value, titleLine)
      continue
    }
    // Housekeeping without a place of its own belongs to the conversation around it.
    const sessionId: string | null = looseName(value.sessionId) ?? looseName(value.session_id) ?? current
    const subagent = subagentOf(value, chains)
    if (sessionId !== null && subagent === null) current = sessionId
    const key = JSON.stringify([sessionId, subagent])
    let thread = threads.get(key)
    if (thread === undefined) {
      if (!('message' in value) && value.type !== 'system' && value.type !== 'attachment') {
        stray.add(`${value.type} lines`)
        continue
      }
      thread = { sessionId, subagent, agentName: null, lines: new ClaudeCodeThread(key, agent) }
      threads.set(key, thread)
    }
    thread.agentName ??= looseName(value.agentName) ?? looseName(value.attributionAgent)
    for (const message of thread.lines.take(value, at)) yield { key, message }
  }
  for (const [key, { lines }] of threads) for (const message of lines.end()) yield { key, message }
  if (threads.size === 0) throw new WithoutMessages()
  const [first] = threads.keys()
  for (const [key, thread] of threads)
    yield {
      key,
      head: toHead(thread, key === first ? stray : null, { threads, titles, defaults, agent, files }),
    }
}

/** Whose lines a sidechain's are: a sub-agent's by its id or its call, else the chain of parents that they end; null for none. */
function subagentOf(entry: Json, chains: Map<string, string>): string | null {
  const call = looseName(entry.parent_tool_use_id)
  if (call !== null || entry.isSidechain !== true) return call
  const id = looseName(entry.agentId)
  if (id !== null) return id
  const uuid = looseName(entry.uuid) ?? ''
  const root = chains.get(looseName(entry.parentUuid) ?? '') ?? uuid
  chains.set(uuid, root)
  return root
}

interface Around {
  files: FilesAround
  threads: ReadonlyMap<string, Thread>
  titles: readonly Json[]
  defaults: SourceDefaults
  agent: string
}

function toHead(thread: Thread, stray: LeftOutTally | null, around: Around): SourceHead {
  const { sessionId, subagent, lines, agentName } = thread
  const { defaults, agent } = around
  const { call, caller } = callOf(thread, around.threads)
  const first = titleFrom(lines.firstTyped)
  const beside = subagent === null ? {} : besideOf(subagent, around.files)
  const description = call?.description ?? looseName(beside.description)
  const title = (subagent === null ? titleOf(thread, around) : null) ?? {
    title: description ?? first,
    titleSource: description || first ? ('MACHINE' as const) : null,
  }
  return {
    name: subagent === null ? nameOf(sessionId, 1) : `${nameOf(sessionId, 1)}, sub-agent ${subagent}`,
    identity: identityOf(sessionId, subagent),
    ...title,
    agent: subagent === null ? agent : (call?.kind ?? looseName(beside.agentType) ?? agentName ?? agent),
    model: lines.frame.firstModel ?? defaults.model ?? '',
    startContext: startContext(defaults, agent),
    origin: defaults.origin ?? 'USER',
    labels: defaults.labels,
    metadata: metadataOf('claude-code', { ...lines.frame.ambient, ...membersBut(beside, besideMembers) }),
    ...(subagent === null || sessionId === null
      ? {}
      : {
          parent: {
            identity: identityOf(sessionId, looseName(beside.parentAgentId) ?? caller),
            root: identityOf(sessionId, null),
            callId: call?.callId ?? looseName(beside.toolUseId),
          },
        }),
    leftOut: [...lines.leftOut.list(), ...(stray?.list() ?? [])],
  }
}

const besideMembers = new Set(['agentType', 'description', 'toolUseId', 'parentAgentId'])

/** What stands in the file beside a sub-agent's; ids name files, so that one that is anything else is not followed. */
function besideOf(subagent: string, files: FilesAround): Json {
  return /^[\w-]+$/.test(subagent) ? looseObject(files.valueAt(`agent-${subagent}.meta.json`)) : {}
}

function identityOf(sessionId: string | null, subagent: string | null): SourceIdentity {
  const uuid = sessionId === null ? null : parseUuid(sessionId)
  if (sessionId === null)
    return { by: 'content', beside: ['claude-code', ...(subagent === null ? [] : ['agent'])] }
  if (subagent !== null) return { by: 'name', identityPath: ['claude-code', sessionId, 'agent', subagent] }
  return uuid === null ? { by: 'name', identityPath: ['claude-code', sessionId] } : { by: 'id', id: uuid }
}

/** The title that a person gave, else the newest summary that ends in this conversation, else a program's. */
function titleOf({ sessionId, lines }: Thread, { titles }: Around): Title | null {
  const own = titles.filter(
    ({ sessionId: of, leafUuid }) =>
      (typeof leafUuid === 'string' ? lines.has(leafUuid) : true) &&
      (looseName(of) ?? sessionId) === sessionId,
  )
  for (const [kind, member, titleSource] of [
    ['custom-title', 'customTitle', 'PERSON'],
    ['summary', 'summary', 'MACHINE'],
    ['ai-title', 'aiTitle', 'MACHINE'],
  ] as const) {
    const found = own.findLast((line) => line.type === kind)
    const title = titleFrom(looseName(looseObject(found)[member]))
    if (title !== null) return { title, titleSource }
  }
  return null
}

/** The call that started a sub-agent, by its id where results tell, else by its prompt, and the sub-agent that made it, if one did. */
function callOf(
  { sessionId, subagent, lines }: Thread,
  threads: ReadonlyMap<string, Thread>,
): { call: SubagentCall | null; caller: string | null } {
  if (subagent === null) return { call: null, caller: null }
  const others = [...threads.values()].filter(
    (other) => other.subagent !== subagent && other.sessionId === sessionId,
  )
  // What the main conversation called comes first.
  others.sort((a, b) => Number(a.subagent !== null) - Number(b.subagent !== null))
  for (const prompt of [null, lines.firstTyped])
    for (const other of others) {
      const call = other.lines.calls.of(subagent, prompt)
      if (call !== null) return { call, caller: other.subagent }
    }
  return { call: null, caller: null }
}
