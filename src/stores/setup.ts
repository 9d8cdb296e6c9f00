// Mirror of the setup: sign-in, plan and progress, who gets the panel; and what the admin wants of them.
import { defineStore } from 'pinia'
import { computed, inject, ref, type Component, type InjectionKey } from 'vue'
import type { InstallChoices } from '../core/desired'
import { lacksFor } from '../core/install-lack'
import type { Member } from '../core/people'
import { judgeField, missingOf, type FieldName } from '../core/setup-fields'
import { pageFor, type SetupPage } from '../core/setup-page'
import type { Setup } from '../services/setup'
import { mirror } from './mirror'

export interface SetupServices extends Pick<Setup, 'session' | 'install' | 'members' | 'fields'> {
  readonly place: {
    /** null, here and below: neither the desktop nor config.json says it. */
    readonly environment: string | null
    readonly gateway: string | null
    readonly languageTag: string | null
  }
  save(file: { readonly name: string; readonly text: string }): void
  /** The second half of the setup, loaded when it is opened. */
  catalogue(): Promise<Component>
  /** Which half the address asks for. */
  readonly beginsWith: 'installation' | 'catalogue'
}

/** Given by whoever loads the view: the panel itself knows no setup. */
export const setupKey: InjectionKey<SetupServices> = Symbol('setup')

export const useSetupStore = defineStore('setup', () => {
  const services = inject(setupKey)
  if (!services) throw new Error('The setup was mounted without its services.')
  const { session, install, members, fields: given, ...rest } = services
  const page = ref<SetupPage>('check')
  let isFirst = true
  install.snapshot.subscribe((state) => {
    page.value = pageFor(state, page.value, isFirst)
    if (state.stage === 'planned') isFirst = false
  })
  const state = mirror(install.snapshot)
  const fields = mirror(given.snapshot)
  return {
    session: mirror(session.snapshot),
    state,
    page,
    open: (wanted: SetupPage) => void (page.value = wanted),
    members: mirror(members.snapshot),
    lacks: computed(() => {
      const { preflight, choices, plan } = state.value
      return preflight === null ? [] : lacksFor(choices, preflight.admin, plan)
    }),
    fields,
    setField: (name: FieldName, value: string) => given.set(name, value),
    /** What is wrong with a field, or null. */
    complaints: computed(() => ({
      environment: judgeField('environment', fields.value.environment.value),
      language: judgeField('language', fields.value.language.value),
      cdn: judgeField('cdn', fields.value.cdn.value),
    })),
    /** What config.json would still lack. */
    missing: computed(() => (state.value.preflight && fields.value ? missingOf(install.config()) : [])),
    ...rest,
    signIn: () => session.signIn(),
    lookAgain: () => void install.begin(),
    planRemoval: () => void install.planRemoval(),
    apply: () => void install.apply(),
    choose: (change: Partial<InstallChoices>) => install.choose(change),
    keep: () => install.keep(),
    config: () => ({ name: 'config.json', text: install.config() }),
    search: (text: string) => members.search(text),
    addMember: (member: Member) => members.add(member),
    removeMember: (id: string) => members.remove(id),
  }
})
