// What a preview brings along: the sound of the agent's own machine, and the service that knows when to be silent.
import { fetchBytes, sha256 } from './adapters/asset-bytes'
import { createBrowserPreview } from './adapters/preview'
import type { Config } from './core/config'
import type { Panel } from './services/panel'
import { createPreviewService } from './services/preview'
import type { Clock } from './core/ports'

/** One per panel; it lives as long as the page. */
export function openPreview(ground: { panel: Panel; clock: Clock; config: Config }) {
  const { panel, clock, config } = ground
  const preview = createBrowserPreview({
    sha256,
    async fetch(url) {
      const bytes = await fetchBytes(url, config.asset)
      return 'code' in bytes ? null : bytes
    },
  })
  return createPreviewService({
    preview,
    clock,
    playback: panel.playback.snapshot,
    live: panel.live.snapshot,
    preferences: panel.preferences.snapshot,
  })
}
