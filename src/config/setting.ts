/** A setting that cannot be used; its message is one sentence for the operator. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** What the defaults of some settings depend on. */
export interface Surroundings {
  production: boolean
  embedded: boolean
  loopback: boolean
  persistedOnly: boolean
}

export interface Setting<T> {
  env: string
  /** The command line's way to say it, where there is one. */
  flag?: string
  /** What the value may be, worded to follow "takes". */
  takes: string
  /** Gives undefined for a text that is no such value; space around a variable's is gone, unless it is `exact`. */
  parse: (text: string) => T | undefined
  default: T | ((surroundings: Surroundings) => T)
  /** The default as documentation shows it. */
  shown: string
  description: string
  /** Its value never appears in a message. */
  secret?: true
  /** A variable is read as it stands, as a flag is. */
  exact?: true
}

/** A setting as its row declares it, whose type is that of what it is read as. */
export const setting = <T>(declared: Setting<T>): Setting<T> => declared

/** Takes any text as it is. */
export const text = (value: string): string => value

/** Takes decimal digits alone, between two numbers that it takes as well. */
export const wholeNumber = (least: number, most: number) => ({
  exact: true as const,
  takes: `a whole number from ${least} to ${most}`,
  parse: (value: string) =>
    /^\d{1,12}$/.test(value) && Number(value) >= least && Number(value) <= most ? Number(value) : undefined,
})

export const milliseconds = wholeNumber(1, 3_600_000)

export const onOrOff = {
  takes: 'true or false',
  parse: (value: string) => ({ true: true, 1: true, false: false, 0: false })[value.toLowerCase()],
}
