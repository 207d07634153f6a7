import type { Format } from './format.js'
import { anthropicEvents, chatChunks } from './formats/answer-streams.js'
import { atif } from './formats/atif.js'
import { chats, conversation } from './formats/chat.js'
import { chatCompletion } from './formats/chat-completion.js'
import { claudeCode } from './formats/claude-code.js'
import { codex } from './formats/codex.js'
import { codexDocument } from './formats/codex-document.js'
import { codexExec } from './formats/codex-exec.js'
import { copilot } from './formats/copilot.js'
import { copilotHistory } from './formats/copilot-history.js'
import { geminiAnswer } from './formats/gemini-answer.js'
import { geminiCheckpoint } from './formats/gemini-checkpoint.js'
import { geminiSession } from './formats/gemini-cli.js'
import { geminiStream } from './formats/gemini-stream.js'
import { miniSweAgent } from './formats/mini-swe-agent.js'
import { native } from './formats/native.js'
import { openaiEvents } from './formats/openai-events.js'
import { openaiResponses } from './formats/openai-responses.js'
import { opencode } from './formats/opencode.js'
import { opencodeDatabase } from './formats/opencode-database.js'
import { opencodeRun } from './formats/opencode-run.js'
import { opencodeStorage } from './formats/opencode-storage.js'
import {
  openHandsConversation,
  openHandsEventFiles,
  openHandsEvents,
  openHandsRuns,
} from './formats/openhands.js'
import { otlpJson, otlpProtobuf } from './formats/otlp.js'
import { pi } from './formats/pi.js'
import { qwenCode } from './formats/qwen-code.js'
import { sweAgent } from './formats/swe-agent.js'
import { tauBench } from './formats/tau-bench.js'
import { tau2Bench, tau2Simulation } from './formats/tau2-bench.js'

/**
 * Every format that can be imported is declared here and nowhere else, under the name that `--format` takes: a format or
 * more, as its files have several shapes. `auto` takes the first that recognizes the file.
 */
export const formats = {
  'qwen-code': [qwenCode],
  'claude-code': [claudeCode],
  codex: [codex, codexDocument, codexExec],
  'gemini-cli': [geminiStream, geminiAnswer, geminiSession, geminiCheckpoint],
  opencode: [opencode, opencodeRun, opencodeStorage, opencodeDatabase],
  copilot: [copilot, copilotHistory],
  pi: [pi],
  'tau-bench': [tauBench],
  'tau2-bench': [tau2Bench, tau2Simulation],
  atif: [atif],
  'swe-agent': [sweAgent],
  'mini-swe-agent': [miniSweAgent],
  openhands: [openHandsEvents, openHandsRuns, openHandsConversation, openHandsEventFiles],
  otlp: [otlpJson, otlpProtobuf],
  native: [native],
  'openai-responses': [openaiEvents, openaiResponses],
  chat: [chatChunks, anthropicEvents, chatCompletion, conversation, chats],
} as const satisfies Record<string, readonly Format[]>
export type FormatName = keyof typeof formats
export const formatNames = Object.keys(formats) as FormatName[]
