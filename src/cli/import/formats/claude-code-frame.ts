import { listed } from '../../../rules/listed.js'
import { isoTime } from './iso-time.js'
import { type Json, looseName, membersBut } from './loose.js'
import { rowId } from './row-id.js'

/** An entry's members that say the same in nearly every line; the session keeps the first, a row what differs. */
const ambientMembers = ['cwd', 'gitBranch', 'version', 'userType', 'entrypoint', 'slug', 'permissionMode']
const readMembers = new Set([
  ...listed('type uuid parentUuid logicalParentUuid sessionId session_id timestamp message'),
  ...[
    'isSidechain',
    'isMeta',
    'isCompactSummary',
    'isVisibleInTranscriptOnly',
    'requestId',
    'agentId',
    'costUSD',
    'parent_tool_use_id',
  ],
  ...['toolUseResult', 'subtype', 'content', 'attachment', ...ambientMembers],
])
/** What entries of one conversation have in common: ids, parents, times and models of their rows, and what surrounds them. */
export class EntryFrame {
  readonly ambient: Json = {}
  model: string | null = null
  firstModel: string | null = null
  time: string | null = null
  /** Of every entry: the row that stands for it. */
  private readonly rowByUuid = new Map<string, string | null>()

  constructor(
    readonly session: string,
    private readonly agent: string,
  ) {}

  has(uuid: string): boolean {
    return this.rowByUuid.has(uuid)
  }

  /** Names the row that an entry made, or stands for. */
  put(uuid: string, row: string | null): void {
    this.rowByUuid.set(uuid, row)
  }

  /** Keeps what nearly every entry repeats. */
  keepAmbient(entry: Json): void {
    for (const key of ambientMembers) if (entry[key] != null) this.ambient[key] ??= entry[key]
  }

  /** Keeps what a run says of its setting as it begins, where its output is a stream. */
  keepSetting({ cwd, permissionMode, tools, mcp_servers, claude_code_version: version }: Json): void {
    this.keepAmbient({ cwd, permissionMode, version })
    for (const [key, value] of Object.entries({ tools, mcp_servers }))
      if (value != null) this.ambient[key] ??= value
  }

  /** Keeps what a run says of itself as it ends; its text is that of its last answer. */
  keepResult({ subtype, is_error, duration_ms, num_turns, total_cost_usd, usage, modelUsage }: Json): void {
    this.ambient.result = membersBut(
      { subtype, is_error, duration_ms, num_turns, total_cost_usd, usage, modelUsage },
      new Set(),
    )
  }

  rowOf(entry: Json, at: string) {
    return {
      id: rowId(this.session, entry.uuid),
      parentId: this.parentOf(entry),
      at,
      createdAt: isoTime(entry.timestamp) ?? this.time,
      ...(this.model === null ? {} : { context: { model: this.model, agent: this.agent } }),
    }
  }

  /** The row before an entry; null for none. */
  parentOf(entry: Json): string | null {
    const parent = looseName(entry.parentUuid) ?? looseName(entry.logicalParentUuid)
    return parent === null ? null : (this.rowByUuid.get(parent) ?? null)
  }

  /** Members that no row has a place for, and ambient ones that differ. */
  ownMembers(entry: Json): Json {
    const changed = ambientMembers.filter((key) => entry[key] != null && entry[key] !== this.ambient[key])
    return {
      ...membersBut(entry, readMembers),
      ...Object.fromEntries(changed.map((key) => [key, entry[key]])),
    }
  }
}
