import { createHighlighterCore, type HighlighterCore } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import type { Sent } from '../../parts/patient-worker'
import { grammarOf } from './grammars'
import type { HighlightQuestion, Token } from './highlight'

/** A line that takes longer keeps the colours that it has so far. */
const LINE_MS = 50
const LONGEST_LINE = 2000

let highlighter: Promise<HighlighterCore> | null = null

self.onmessage = async ({ data: { id, content } }: MessageEvent<Sent<HighlightQuestion>>) => {
  const tokens = await tokensOf(content).catch(() => null)
  self.postMessage({ id, content: tokens } satisfies Sent<Token[][] | null>)
}

async function tokensOf({ text, language }: HighlightQuestion): Promise<Token[][] | null> {
  const grammar = grammarOf(language)
  if (grammar === null) return null
  highlighter ??= createHighlighterCore({
    themes: [
      import('shiki/themes/github-light-high-contrast.mjs'),
      import('shiki/themes/github-dark-high-contrast.mjs'),
    ],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  })
  const loaded = await highlighter.catch((error: unknown) => {
    // Themes that did not come are asked for again with the next code.
    highlighter = null
    throw error
  })
  await loaded.loadLanguage(grammar.load())
  const { tokens } = loaded.codeToTokens(text, {
    lang: grammar.name,
    themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    defaultColor: 'light-dark()',
    tokenizeMaxLineLength: LONGEST_LINE,
    tokenizeTimeLimit: LINE_MS,
  })
  return tokens.map((line) =>
    line.map(({ content, offset, htmlStyle }) => ({ content, offset, style: htmlStyle })),
  )
}
