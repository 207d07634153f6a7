import type { SourceDefaults, SourceHead } from '../source.js'

/** What heads have alike: a title that a program made up, and what the caller says of origin and labels. */
export function madeHead(
  title: string | null,
  { origin, labels }: SourceDefaults,
  usualOrigin: SourceHead['origin'] = 'USER',
): Pick<SourceHead, 'title' | 'titleSource' | 'origin' | 'labels'> {
  return { title, titleSource: title === null ? null : 'MACHINE', origin: origin ?? usualOrigin, labels }
}

/** The same of a run of a benchmark’s task, which has no id of its own: null where the file names no task or no end. */
export function taskHead(
  format: string,
  { title, task, ended }: { title: string | null; task: string | null; ended: string | null },
  defaults: SourceDefaults,
): Pick<SourceHead, 'name' | 'identity' | 'title' | 'titleSource' | 'origin' | 'labels'> {
  return {
    ...madeHead(title, defaults, 'EVAL'),
    name: task === null ? 'trajectory' : `task ${task}`,
    identity: { by: 'content', beside: [format, task ?? ''] },
    labels: {
      ...(task === null ? {} : { task: [task] }),
      ...(ended === null ? {} : { exit_status: [ended] }),
      ...defaults.labels,
    },
  }
}
