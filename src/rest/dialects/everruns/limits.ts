export const BODY_LIMIT_BYTES = 1_048_576
export const MAX_TITLE = 255
/** Of all capabilities of a session together, as they are kept. */
export const MAX_CAPABILITY_BYTES = 65_536
