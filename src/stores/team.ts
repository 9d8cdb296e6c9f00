// Mirror of the team: its state, one ref per row (a badge repaints its own row and no other), and the intents.
import { defineStore } from 'pinia'
import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import type { Circle, TeamFilter, TeamRow } from '../core/team'
import type { Team } from '../services/team'
import { mirror } from './mirror'

/** Given by whoever loads the view: the panel itself knows no team. */
export const teamKey: InjectionKey<Team> = Symbol('team')

export const useTeamStore = defineStore('team', () => {
  const team = inject(teamKey)
  if (!team) throw new Error('The team view was mounted without its service.')
  const rows = new Map<string, ShallowRef<TeamRow | null>>()
  team.onRow((row) => {
    const ref = rows.get(row.userId)
    if (ref !== undefined) ref.value = row
  })
  return {
    state: mirror(team.snapshot),
    /** The row of this agent; null where they are no longer shown. The same ref for the same agent. */
    row(userId: string): Readonly<ShallowRef<TeamRow | null>> {
      const ref = rows.get(userId) ?? shallowRef(team.row(userId))
      rows.set(userId, ref)
      return ref
    },
    choose: (circle: Circle) => team.choose(circle),
    filter: (filter: TeamFilter) => team.filter(filter),
    pin: (userId: string, pinned: boolean) => team.pin(userId, pinned),
    read: () => team.read(),
  }
})
