// The desktop's side of the Client App SDK: hears what the embedded apps ask for and does it, or says what it would do.
import type { Frames } from './frames'
import { asNumber, asText, isRecord, type JsonRecord } from './json-read'
import { readToast, type Toast } from './toasts'

interface HostParts {
  frames: Frames
  showToast(toast: Toast): void
  setAttention(interactionId: string, count: number): void
  note(text: string): void
}

/** What a real desktop would open, and which field says what exactly. */
const navigation: Record<string, [what: string, field?: string]> = {
  showProfile: ['the profile', 'profileId'],
  showGroup: ['the group', 'groupId'],
  showInteractionDetails: ['the interaction', 'conversationId'],
  showMyInteractionDetails: ['your interaction', 'conversationId'],
  showMyEvaluationDetails: ['your evaluation', 'evaluationId'],
  showExternalContactProfile: ['the external contact', 'contactId'],
  showExternalOrganizationProfile: ['the external organisation', 'externalOrganizationId'],
  showHelp: ['its help'],
  hideHelp: ['the page without help'],
  showResourceCenterArtifact: ['the help article', 'resourceCenterRelPath'],
  openWindow: ['a window with', 'targetUrl'],
  proposeInteractionMessage: ['a proposed message', 'message'],
}

export function listenToApps({ frames, showToast, setAttention, note }: HostParts): void {
  function answer(interactionId: string, action: string, message: JsonRecord): void {
    const opens = navigation[action]
    if (action === 'bootstrapped') frames.bootstrapped(interactionId)
    else if (action === 'stopped') frames.stopped(interactionId)
    else if (action === 'showToast') showToast(readToast(message))
    else if (action === 'setAttentionCount') setAttention(interactionId, Math.max(0, asNumber(message.count)))
    else if (opens) showToast(wouldOpen(opens, message))
    else return note(`An app asked for "${action}", which this desktop does not know.`)
    note(`App: ${action}`)
  }

  window.addEventListener('message', (event) => {
    const message: unknown = event.data
    if (!isRecord(message) || message.protocol !== 'purecloud-client-apps') return
    const interactionId = frames.senderOf(event)
    if (interactionId !== null) answer(interactionId, asText(message.action), message)
    else
      note(
        `Ignored "${asText(message.action)}": not from an app frame at the app's origin (${event.origin}).`,
      )
  })
}

function wouldOpen([what, field]: [string, string?], message: JsonRecord): Toast {
  const exactly = field ? ` ${asText(message[field])}` : ''
  return {
    title: 'Elsewhere on the desktop',
    message: `A full desktop would open ${what}${exactly}.`,
    type: 'info',
    timeout: 7,
    showCloseButton: true,
  }
}
