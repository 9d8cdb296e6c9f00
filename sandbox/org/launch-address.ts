// The app's address as an integration holds it: with the tokens that the desktop fills in.
const urlTokens = ['gcConversationId', 'gcHostOrigin', 'gcTargetEnv', 'gcLangTag', 'gcUsePopupAuth']

export const launchUrl = (appUrl: string): string =>
  `${appUrl}?${urlTokens.map((token) => `${token}={{${token}}}`).join('&')}`

export const panelSandbox = 'allow-scripts,allow-same-origin,allow-forms,allow-popups,allow-downloads'
