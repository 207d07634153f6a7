import { createHighlighterCore, type HighlighterCore } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import { grammarOf } from './grammars'
import type { HighlightAnswer, HighlightQuestion } from './highlight'

/** A line that takes longer keeps the colours that it has so far. */
const LINE_MS = 50
const LONGEST_LINE = 2000

let highlighter: Promise<HighlighterCore> | null = null

self.onmessage = async ({ data }: MessageEvent<HighlightQuestion>) => {
  const { id, text, language } = data
  const lines = await tokensOf(text, language).catch(() => null)
  self.postMessage({ id, lines } satisfies HighlightAnswer)
}

async function tokensOf(text: string, language: string): Promise<HighlightAnswer['lines']> {
  const grammar = grammarOf(language)
  if (grammar === null) return null
  highlighter ??= createHighlighterCore({
    themes: [
      import('shiki/themes/github-light-high-contrast.mjs'),
      import('shiki/themes/github-dark-high-contrast.mjs'),
    ],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  })
  const loaded = await highlighter
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
