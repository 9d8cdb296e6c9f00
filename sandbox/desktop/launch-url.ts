// Fills the tokens of an integration's address, as the desktop does before it opens a frame.

export interface LaunchValues {
  conversationId: string
  hostOrigin: string
  targetEnv: string
  langTag: string
  usePopupAuth: boolean
}

/** Each known `{{token}}` is replaced by its URL-encoded value; an unknown one stays as it is. */
export function fillLaunchUrl(template: string, values: LaunchValues): string {
  const known: Record<string, string> = {
    gcConversationId: values.conversationId,
    gcHostOrigin: values.hostOrigin,
    gcTargetEnv: values.targetEnv,
    gcLangTag: values.langTag,
    gcUsePopupAuth: String(values.usePopupAuth),
    pcConversationId: values.conversationId,
    pcEnvironment: values.targetEnv,
    pcLangTag: values.langTag,
  }
  return template.replace(/\{\{(\w+)\}\}/g, (token, name: string) => {
    const value = known[name]
    return value === undefined ? token : encodeURIComponent(value)
  })
}

/** The origin whose messages are believed: the address's own, or null where the address is none. */
export const originOf = (url: string): string | null =>
  URL.canParse(url.replace(/\{\{\w+\}\}/g, '')) ? new URL(url.replace(/\{\{\w+\}\}/g, '')).origin : null
