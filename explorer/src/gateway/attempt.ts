import { createContext } from 'react'

/** How often those around have tried to show this part; another number asks anew. */
export const Attempt = createContext('')
