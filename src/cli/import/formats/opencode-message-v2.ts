import { asText, type Json, looseName, looseObject, looseObjects } from './loose.js'

/** A message of opencode 2 as an export of opencode 1 has it; null for what tells of no words. */
export function toMessage(type: string, { id, ...data }: Json): { info: Json; parts: Json[] } | null {
  const { time, metadata } = data
  const shared = { id, time, ...(metadata === undefined ? {} : { metadata }) }
  const said = (text: unknown, members: Json = {}) => ({ type: 'text', text, ...members })
  if (type === 'user') {
    const { text, files: given, ...others } = data
    const files = looseObjects(given).map(({ uri, name, ...file }) => ({
      ...{ ...file, type: 'file', url: uri, filename: name },
    }))
    return { info: { ...others, ...shared, role: 'user' }, parts: [said(text), ...files] }
  }
  if (type === 'synthetic' || type === 'system')
    return { info: { ...shared, role: 'user' }, parts: [said(data.text, { synthetic: true })] }
  if (type === 'shell') {
    const lines = [`! ${asText(data.command)}`, asText(data.output)].filter((line) => line !== '')
    return { info: { ...shared, role: 'user' }, parts: [said(lines.join('\n'))] }
  }
  if (type === 'compaction')
    return { info: { ...shared, role: 'assistant', summary: true }, parts: [said(data.summary)] }
  if (type !== 'assistant') return null
  const { model, content, ...others } = data
  const { id: modelID, providerID } = looseObject(model)
  const info = { ...others, ...shared, role: 'assistant', modelID, providerID }
  return {
    info,
    parts: looseObjects(content).map((part) => (part.type === 'tool' ? toTool(part) : part)),
  }
}

function toTool({ id, name, state, time }: Json): Json {
  const { status, input, content, error, attachments } = looseObject(state)
  const texts = looseObjects(content).flatMap(({ text }) => looseName(text) ?? [])
  const files = [...looseObjects(content), ...looseObjects(attachments)].filter(
    ({ type, uri }) => type !== 'text' && uri,
  )
  return {
    ...{ type: 'tool', id, callID: id, tool: name },
    state: {
      ...{ status, input, output: texts.join('\n') },
      ...(error === undefined ? {} : { error: looseObject(error).message ?? error }),
      attachments: files.map(({ uri, mime }) => ({ type: 'file', url: uri, mime })),
      time: { end: looseObject(time).completed },
    },
  }
}
