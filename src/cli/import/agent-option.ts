import { InvalidArgumentError, Option } from 'commander'
import { type AgentName, agentCalled, agentNames } from './agents.js'

/** An option that names an agent. */
export function agentOption(flags: string, description: string): Option {
  return new Option(flags, description).choices(agentNames).argParser((text): AgentName => {
    const name = agentCalled(text)
    if (name === null) throw new InvalidArgumentError(`Allowed choices are ${agentNames.join(', ')}.`)
    return name
  })
}
