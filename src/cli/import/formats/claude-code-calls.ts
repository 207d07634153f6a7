import { isObject, type SourceMessage } from '../source.js'
import { asText, type Json, looseName, looseObject } from './loose.js'

/** A call of a tool that starts sub-agents. */
export interface SubagentCall {
  callId: string
  prompt: string
  kind: string | null
  description: string | null
}

/** The calls of a conversation that started sub-agents. */
export class SubagentCalls {
  private readonly calls: SubagentCall[] = []
  private readonly callByAgent = new Map<string, string>()

  /** Notes the calls among the blocks of an answer. */
  note(content: unknown): void {
    for (const block of Array.isArray(content) ? content.filter(isObject) : []) {
      const input = looseObject(block.input)
      if (block.type !== 'tool_use' || (block.name !== 'Task' && block.name !== 'Agent')) continue
      this.calls.push({
        callId: looseName(block.id) ?? '',
        prompt: asText(input.prompt).trim(),
        kind: looseName(input.subagent_type),
        description: looseName(input.description),
      })
    }
  }

  /** Notes the agent that a result of a call names. */
  noteAgent(entry: Json, rows: readonly SourceMessage[]): void {
    const agentId = looseName(looseObject(entry.toolUseResult).agentId)
    const callId = rows[0]?.toolCallId
    if (agentId !== null && callId != null) this.callByAgent.set(agentId, callId)
  }

  /** The call that started an agent: the one that is its name or that results tell, else one of its prompt. */
  of(agent: string, prompt: string | null): SubagentCall | null {
    const callId = this.callByAgent.get(agent) ?? agent
    const seen = this.calls.find((call) => call.callId === callId)
    if (seen !== undefined) return seen
    if (callId !== agent) return { callId, prompt: '', kind: null, description: null }
    const alike = this.calls.findIndex((call) => call.prompt !== '' && call.prompt === prompt?.trim())
    return alike === -1 ? null : (this.calls.splice(alike, 1)[0] ?? null)
  }
}
