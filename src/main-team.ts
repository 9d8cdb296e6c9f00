// Composition root of the team view: its services, built when the view is first opened. Loaded by main.ts, by nobody else.
import type { App, Component } from 'vue'
import { createDirectory } from './adapters/genesys/directory'
import type { Host, Platform } from './core/ports'
import { createTeam, type TeamPorts } from './services/team'
import { desktopKey } from './stores/desktop'
import { teamKey } from './stores/team'
import TeamView from './views/TeamView.vue'
import { speakFurther, type Part } from './texts/part'

/** Waited for before the view is shown. */
export const words = speakFurther(import.meta.glob('./texts/*/team.{json,ts}') as Part)

interface Ground extends Omit<TeamPorts, 'directory' | 'session'> {
  readonly platform: Platform
  readonly host: Host
  readonly panel: Pick<TeamPorts, 'session'>
}

let isBuilt = false

/** The services run from the first opening on, so that a look at the panel and back costs nothing. */
export function openTeam(app: App, ground: Ground): Component {
  if (!isBuilt) {
    const { platform, host, panel } = ground
    app.provide(teamKey, createTeam({ ...ground, ...panel, directory: createDirectory(platform) }))
    app.provide(desktopKey, host)
    isBuilt = true
  }
  return TeamView
}
