// Frames as the platform and the Media API write them on the notification socket.

export const heartbeatFrame = topicFrame('channel.metadata', { message: 'WebSocket Heartbeat' })
export const pongFrame = topicFrame('channel.metadata', { message: 'pong' })

export function topicFrame(topicName: string, eventBody: unknown): string {
  return JSON.stringify({ topicName, version: '2', eventBody, metadata: { CorrelationId: 'c-1' } })
}

export function mediaFrame(state: string, url: string, error?: string): string {
  return JSON.stringify({
    type: 'media.playback.state',
    state,
    url,
    ...(error === undefined ? {} : { error }),
  })
}
