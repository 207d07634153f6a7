import { beginningOf, makeConversation } from './conversation.js'
import * as documents from './document-formats.js'
import * as lines from './line-formats.js'
import type { Sample } from './sample.js'
import { answerStreams, uiMessages } from './sample-answers.js'
import { documentSamples } from './sample-documents.js'
import { streamSamples } from './sample-streams.js'
import { trajectorySamples } from './sample-trajectories.js'

const plain = beginningOf(makeConversation(1, 2), 2)
const document = (value: object, more: Partial<Sample> = {}): Sample => ({
  ...{ values: [value], shape: 'object', ...more },
})

/** Every format in small, by the name that `--format` has for it, with what tells its shapes apart behind it. */
export const samples: Record<string, Sample> = {
  'claude-code': { values: lines.claudeCode(plain) },
  codex: { values: lines.codex(plain) },
  copilot: { values: lines.copilot(plain) },
  pi: { values: lines.pi(plain) },
  'qwen-code': { values: lines.qwenCode(plain) },
  'gemini-cli lines': { values: lines.geminiLines(plain) },
  'gemini-cli': document(documents.geminiRecord(plain)),
  opencode: document(documents.opencode(plain)),
  atif: document(documents.atif(plain)),
  chat: document(documents.chat(plain)),
  'chat lines': { values: lines.chatMessages(plain) },
  'tau2-bench': document(documents.tau2(plain)),
  'tau-bench': { values: [documents.tauBench(plain)], shape: 'array' },
  'swe-agent': document(documents.sweAgent(plain)),
  'mini-swe-agent': document(documents.miniSweAgent(plain)),
  openhands: {
    values: documents.openHands(plain),
    shape: 'array',
    repeats: /\.args$|^[26]\.tool_call_metadata.*\.arguments/,
  },
  otlp: document(documents.otlp(plain), {
    repeats: /\.attributes\.\d+(\.value)?$|spans\.[1-9].*\.arguments$/,
  }),
  'chat chunks': { values: answerStreams.chunks },
  // Inputs of calls come in pieces, in the place of an empty one.
  'chat events': { values: answerStreams.events, repeats: /content_block\.input$/ },
  'chat steps': { values: uiMessages, shape: 'array' },
  ...streamSamples,
  ...documentSamples,
  ...trajectorySamples,
}
