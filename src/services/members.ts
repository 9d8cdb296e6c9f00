// Who gets the panel at once: people looked for by name, and those who were chosen.
import { describeRefusal } from '../core/install-words'
import type { Member, People } from '../core/people'
import type { Clock } from '../core/ports'
import { createSnapshot } from './snapshot'

export interface MembersState {
  readonly chosen: readonly Member[]
  readonly text: string
  readonly status: 'idle' | 'searching' | 'found' | 'failed'
  readonly found: readonly Member[]
  readonly problem: string | null
}

export interface MembersPorts {
  readonly people: People
  readonly clock: Clock
}

/** A word that is still being typed is not looked for. */
const restMs = 250

export function createMembers({ people, clock }: MembersPorts, changed: (ids: readonly string[]) => void) {
  const snapshot = createSnapshot<MembersState>({
    chosen: [],
    text: '',
    status: 'idle',
    found: [],
    problem: null,
  })
  let undo: (() => void) | null = null

  async function look(text: string): Promise<void> {
    const answer = await people.findPeople(text)
    // Only the last word counts: what comes late for an earlier one is not shown.
    if (snapshot.value.text.trim() !== text) return
    if (answer.ok) snapshot.patch({ status: 'found', found: answer.value, problem: null })
    else
      snapshot.patch({
        status: 'failed',
        found: [],
        problem: `People cannot be looked up: ${describeRefusal(answer.refusal)}. Go on without: add them to the group later.`,
      })
  }

  function choose(chosen: readonly Member[]): void {
    snapshot.patch({ chosen, text: '', status: 'idle', found: [] })
    changed(chosen.map(({ id }) => id))
  }

  return {
    snapshot,
    search(text: string): void {
      undo?.()
      const wanted = text.trim()
      snapshot.patch({ text, status: wanted === '' ? 'idle' : 'searching', found: [], problem: null })
      undo = wanted === '' ? null : clock.after(restMs, () => void look(wanted))
    },
    add(member: Member): void {
      const { chosen } = snapshot.value
      if (!chosen.some(({ id }) => id === member.id)) choose([...chosen, member])
    },
    remove: (id: string): void => choose(snapshot.value.chosen.filter((one) => one.id !== id)),
    dispose: (): void => undo?.(),
  }
}
