import { faceSettings } from './faces.js'
import { limitSettings } from './limits.js'
import { listeningSettings } from './listening.js'
import { observingSettings } from './observing.js'
import { signInSettings } from './sign-in.js'
import { storeSettings } from './store.js'
import { telemetrySettings } from './telemetry.js'

/** Every setting, once; `--help` and the table of docs/configuration.md come from these rows. */
export const settings = {
  ...listeningSettings,
  ...storeSettings,
  ...limitSettings,
  ...faceSettings,
  ...signInSettings,
  ...observingSettings,
  ...telemetrySettings,
}
