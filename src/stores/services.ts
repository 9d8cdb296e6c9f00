// What main-panel.ts provides to the stores: the running panel, by one injection key.
import type { Component, InjectionKey, ShallowRef } from 'vue'
import type { CreatePromptSearch } from '../core/prompt-search'
import type { Panel } from '../services/panel'
import type { PreviewService } from '../services/preview'

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

/** What main-panel.ts brings with a chunk of its own, when it is first asked for. */
export const previewKey: InjectionKey<() => Promise<PreviewService>> = Symbol('preview')
export const settingsKey: InjectionKey<() => Promise<Component>> = Symbol('settings')
/** Parts of the panel that no first click needs. */
export const partsKey: InjectionKey<LateParts> = Symbol('panel parts')
export interface LateParts {
  /** Null until they are there. */
  readonly parts: Readonly<ShallowRef<PanelParts | null>>
  /** So often they did not arrive. */
  readonly failures: Readonly<ShallowRef<number>>
  /** They are wanted now, where they are neither there nor on their way. */
  ask(): void
}
export interface PanelParts {
  readonly createPromptSearch: CreatePromptSearch
  readonly CallNotes: Component
  readonly CatalogueGaps: Component
  readonly PromptWords: Component
  readonly QueueList: Component
}
export const checklistKey: InjectionKey<() => Promise<Component>> = Symbol('checklist')
export const panelServicesKey: InjectionKey<PanelServices> = Symbol('panel services')
