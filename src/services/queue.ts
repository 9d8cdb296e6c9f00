// The queue over time: a click while something plays waits its turn; after a failure it waits for the agent.
import type { Prompt } from '../core/catalogue'
import { isOutcome } from '../core/playback'
import type { Chance } from '../core/ports'
import {
  advance,
  emptyQueue,
  enqueue,
  moveQueued,
  removeQueued,
  resume,
  type Queue,
  type Queued,
} from '../core/queue'
import type { PlaybackService } from './playback'
import { createSnapshot } from './snapshot'

export interface QueuePorts {
  readonly chance: Chance
  readonly playback: Pick<PlaybackService, 'snapshot' | 'play' | 'busy'>
  findPrompt(key: string): Prompt | null
}

export function createQueue(ports: QueuePorts) {
  const { playback, chance } = ports
  const snapshot = createSnapshot<Queue>(emptyQueue)
  let ended: string | null = null
  let asked = false

  function follow(step: { queue: Queue; next: Queued | null }): void {
    snapshot.set(step.queue)
    const prompt = step.next && ports.findPrompt(step.next.promptKey)
    if (prompt) void playback.play(prompt)
    else if (step.next !== null) follow(advance(step.queue, true))
  }

  /** A prompt that the agent decided not to play has no end that could bring the next one: they go on by hand. */
  function holdUnlessPlaying(): void {
    if (!asked && !playback.busy()) snapshot.set(advance(snapshot.value, false).queue)
  }

  const undo = playback.snapshot.subscribe(({ current, question }) => {
    if (asked && question === null) void Promise.resolve().then(holdUnlessPlaying)
    asked = question !== null
    if (current === null || !isOutcome(current.state) || ended === current.id) return
    ended = current.id
    // After the service has finished with this outcome: it is still in the middle of telling it.
    void Promise.resolve().then(() => follow(advance(snapshot.value, current.state === 'completed')))
  })

  return {
    snapshot,
    /** Plays now, or waits behind what plays; a full queue leaves everything as it is. */
    request(prompt: Prompt): void {
      if (!playback.busy()) return void playback.play(prompt)
      snapshot.set(enqueue(snapshot.value, { id: chance.id(), promptKey: prompt.key, title: prompt.title }))
    },
    remove: (id: string) => snapshot.set(removeQueued(snapshot.value, id)),
    move: (id: string, by: -1 | 1) => snapshot.set(moveQueued(snapshot.value, id, by)),
    clear: () => snapshot.set(emptyQueue),
    /** The agent's word to go on after a failure; while something plays, the next one follows its end. */
    goOn: () => (playback.busy() ? snapshot.patch({ held: false }) : follow(resume(snapshot.value))),
    restore: (queue: Queue) => snapshot.set(queue.waiting.length > 0 ? { ...queue, held: true } : emptyQueue),
    dispose: undo,
  }
}
