// Many panels, one channel: the panel that holds the lock has the connection, the others hear and speak through it.
import { channelLock, type PanelMessage } from '../core/panels'
import type { Bus, Chance, Clock, Locks, MediaEvent, RefusedTopic, Wire } from '../core/ports'
import type { Channel, ChannelState } from './channel'
import { createSnapshot } from './snapshot'

export interface SharedChannelPorts {
  readonly bus: Bus
  readonly locks: Locks
  readonly clock: Clock
  readonly chance: Chance
}

/** A leader that does not answer in this time is gone or about to be. */
const answerLimitMs = 12_000

/** `own` connects only while this panel leads. Where locks are not shared, each panel leads itself. */
export function createSharedChannel({ bus, locks, clock, chance }: SharedChannelPorts, own: Channel) {
  const snapshot = createSnapshot<ChannelState>(own.snapshot.value)
  const topicListeners = new Set<(topic: string, body: unknown) => void>()
  const mediaListeners = new Set<(event: MediaEvent) => void>()
  const connectedListeners = new Set<(byAnother: boolean) => void>()
  const topics = new Set<string>()
  const asked = new Map<string, (answer: PanelMessage | null) => void>()
  /** Frames that the platform has not confirmed yet, in order: the ids of others' asks, null for our own. */
  const unconfirmed: { readonly to: string | null }[] = []
  let leads = false
  let closed = false
  let undoLead: (() => void) | null = null

  function lead(): void {
    // The lock may come in the very moment in which the panel goes.
    if (closed) return
    leads = true
    settleAll()
    bus.post({ kind: 'leads' })
    // What the last leader had is gone with it: until there is a connection again, nobody is live.
    snapshot.set(own.snapshot.value)
    tellStatus(snapshot.value)
    void own.wire.addTopics([...topics])
    own.connect()
  }

  function tellStatus({ status, refusedTopics, ...rest }: ChannelState): void {
    if (status === 'closed') return
    bus.post({ kind: 'status', state: { ...rest, status, refusedTopics: [...refusedTopics] } })
  }

  async function send(text: string, to: string | null): Promise<boolean> {
    const frame = { to }
    unconfirmed.push(frame)
    const ok = await own.wire.sendAndConfirm(text)
    unconfirmed.splice(unconfirmed.indexOf(frame), 1)
    return ok
  }

  /** A refused subscription names nobody. The platform answers in order: it is about the oldest unconfirmed frame. */
  function passOn(heard: MediaEvent): void {
    // What comes between a subscription and its confirmation may be the platform's last word, said once more.
    const event = unconfirmed.length > 0 ? { ...heard, late: true } : heard
    const [oldest = null] = event.state === 'subscribe-refused' ? unconfirmed : []
    if (oldest === null || oldest.to === null) tellMedia(event)
    if (oldest === null || oldest.to !== null) bus.post({ kind: 'media', event, to: oldest?.to ?? null })
  }

  function tellMedia(event: MediaEvent): void {
    for (const listener of [...mediaListeners]) listener(event)
  }

  function settleAll(): void {
    for (const settle of [...asked.values()]) settle(null)
  }

  function hear(message: PanelMessage): void {
    if (leads) answerAsLeader(message)
    else hearLeader(message)
  }

  function answerAsLeader(message: PanelMessage): void {
    if (message.kind === 'who') tellStatus(snapshot.value)
    if (message.kind === 'send') {
      const { id, text } = message
      void send(text, id).then((ok) => bus.post({ kind: 'sent', id, ok }))
    }
    if (message.kind === 'add') {
      const { id } = message
      void own.wire
        .addTopics(message.topics)
        .then((refused) => bus.post({ kind: 'added', id, refused: [...refused] }))
    }
  }

  function hearLeader(message: PanelMessage): void {
    switch (message.kind) {
      case 'leads':
        // What the last leader was asked is lost with it; what we need is asked again.
        settleAll()
        if (topics.size > 0) void ask({ kind: 'add', id: chance.id(), topics: [...topics] })
        break
      case 'status':
        snapshot.set(message.state)
        break
      case 'connected':
        for (const listener of [...connectedListeners]) listener(true)
        break
      case 'topic':
        for (const listener of [...topicListeners]) listener(message.topic, message.body)
        break
      case 'media':
        if (message.to === null || asked.has(message.to)) tellMedia(message.event)
        break
      case 'sent':
      case 'added':
        asked.get(message.id)?.(message)
        break
      case 'who':
      case 'send':
      case 'add':
      case 'signed-in':
      case 'plays':
      case 'turn-wanted':
      case 'turn-kept':
        // For the leader, or about the sign-in or a call's turn: not the channel's.
        break
    }
  }

  function ask(message: PanelMessage & { id: string }): Promise<PanelMessage | null> {
    if (closed) return Promise.resolve(null)
    return new Promise((resolve) => {
      const settle = (answer: PanelMessage | null) => {
        undo()
        asked.delete(message.id)
        resolve(answer)
      }
      const undo = clock.after(answerLimitMs, () => settle(null))
      asked.set(message.id, settle)
      bus.post(message)
    })
  }

  /** What the leader hears, all hear; what it becomes, all become. */
  const undo = [
    bus.onMessage(hear),
    own.snapshot.subscribe((state) => {
      snapshot.set(state)
      if (leads) tellStatus(state)
    }),
    own.wire.onTopic((topic, body) => {
      for (const listener of [...topicListeners]) listener(topic, body)
      bus.post({ kind: 'topic', topic, body })
    }),
    own.wire.onMedia(passOn),
    own.wire.onConnected(() => {
      for (const listener of [...connectedListeners]) listener(false)
      bus.post({ kind: 'connected' })
    }),
  ]

  const wire: Wire = {
    async sendAndConfirm(text) {
      if (leads) return send(text, null)
      const answer = await ask({ kind: 'send', id: chance.id(), text })
      return answer?.kind === 'sent' && answer.ok
    },
    async addTopics(more): Promise<readonly RefusedTopic[]> {
      for (const topic of more) topics.add(topic)
      if (leads) return own.wire.addTopics(more)
      const answer = await ask({ kind: 'add', id: chance.id(), topics: [...more] })
      return answer?.kind === 'added' ? answer.refused : []
    },
    onTopic: (listener) => listen(topicListeners, listener),
    onMedia: (listener) => listen(mediaListeners, listener),
    onConnected: (listener) => listen(connectedListeners, listener),
  }

  const channel: Channel = {
    snapshot,
    wire,
    connect(): void {
      bus.post({ kind: 'who' })
      undoLead = locks.whenHeld(channelLock, lead)
    },
    retryNow: () => leads && own.retryNow(),
    close(): void {
      closed = true
      undoLead?.()
      settleAll()
      for (const off of undo) off()
      snapshot.patch({ status: 'closed' })
      own.close()
    },
  }
  return { ...channel, leads: () => leads }
}

function listen<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
