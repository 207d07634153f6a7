import { log } from '../log.js'

/** Logs errors that nobody caught and keeps serving: one request's bug must not end everyone else's. */
export function surviveStrayErrors(): void {
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'nobody handled a rejection'))
  process.on('uncaughtException', (error) => log.error({ err: error }, 'nobody caught an error'))
}
