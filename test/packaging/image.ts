import { readFileSync } from 'node:fs'

/** What a Dockerfile says, by its instructions; continued lines are joined. */
export interface Image {
  /** Commands of `RUN`, in order, over all stages. */
  steps: string[]
  /** Settings of `ENV`. */
  env: Record<string, string>
  user: string | null
  healthCheck: string[]
  /** `ENTRYPOINT` and `CMD` together. */
  command: string[]
}

/** Reads the instructions that the tests follow; the exec forms only, as the file uses no other. */
export function readImage(path: string): Image {
  const lines = readFileSync(path, 'utf8')
    .replace(/^#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n')
  const all = (name: string) =>
    lines.flatMap((line) => (line.startsWith(`${name} `) ? line.slice(name.length + 1).trim() : []))
  const words = (text = '[]') => JSON.parse(text.slice(text.indexOf('['))) as string[]
  return {
    steps: all('RUN'),
    env: Object.fromEntries(all('ENV').flatMap((line) => line.split(/\s+/).map((pair) => pair.split('=')))),
    user: all('USER').at(-1) ?? null,
    healthCheck: words(all('HEALTHCHECK').at(-1)),
    command: [...words(all('ENTRYPOINT').at(-1)), ...words(all('CMD').at(-1))],
  }
}
