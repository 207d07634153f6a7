import type { Scenario } from './scenario.js'
import { consoleScenarios } from './scenarios/console.js'
import { dependencyScenarios } from './scenarios/dependencies.js'
import { evalScenarios } from './scenarios/evals.js'
import { paymentsScenarios } from './scenarios/payments.js'
import { plannerScenarios } from './scenarios/planner.js'
import { platformScenarios } from './scenarios/platform.js'
import type { DemoWorkspace } from './tenant.js'

/** Every session of the demo, by workspace. */
export const scenarios: Record<DemoWorkspace, readonly Scenario[]> = {
  main: [...paymentsScenarios, ...consoleScenarios, ...platformScenarios, ...dependencyScenarios],
  research: [...evalScenarios, ...plannerScenarios],
}
