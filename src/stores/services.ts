// What main.ts provides to the stores: the running panel, by one injection key.
import type { Component, InjectionKey } from 'vue'
import type { Panel } from '../services/panel'

/** The part of each service that a store may touch: its snapshot and its intents. */
export interface PanelServices {
  readonly session: Pick<Panel['session'], 'snapshot' | 'signIn' | 'signInByPopup'>
  readonly channel: Pick<Panel['channel'], 'snapshot'>
  readonly live: Pick<Panel['live'], 'snapshot' | 'read'>
  readonly prompts: Pick<Panel['prompts'], 'snapshot' | 'load' | 'prepare' | 'localCopy'>
  readonly playback: Pick<Panel['playback'], 'snapshot' | 'answer' | 'cancel' | 'stop' | 'capabilities'>
  readonly queue: Pick<Panel['queue'], 'snapshot' | 'request' | 'remove' | 'move' | 'clear' | 'goOn'>
  readonly outbox: Pick<Panel['outbox'], 'snapshot'>
  readonly records: Pick<Panel['records'], 'snapshot'>
  readonly preferences: Pick<Panel['preferences'], 'snapshot' | 'change'>
  readonly rights: Panel['rights']
  readonly search: Panel['search']
}

/** Views that main.ts brings with a chunk of its own. */
export const checklistKey: InjectionKey<() => Promise<Component>> = Symbol('checklist')
export const panelServicesKey: InjectionKey<PanelServices> = Symbol('panel services')
