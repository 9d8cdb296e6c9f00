// A preview in words: that only the agent hears it, and what to do where it cannot be heard.
import type { OutputChoice, PreviewProblem } from './preview'
import { t } from './text'

export function describePreviewProblem(problem: PreviewProblem): string {
  switch (problem) {
    case 'not-fetched':
      return t('The recording did not arrive. Try once more, or read the words.')
    case 'changed':
      return t('The recording is not the one that was checked. Reload the panel, then try again.')
    case 'not-audio':
      return t('This browser cannot play the recording. Read the words instead.')
    case 'click-needed':
      return t('The browser wants one more click before it lets sound out. Click again.')
    case 'output-missing':
      return t('Your chosen headset is not connected. Connect it, or choose another output in the settings.')
    case 'output-refused':
      return t(
        'The desktop does not let the panel choose an output. Choose "the computer\'s own" in the settings.',
      )
    case 'not-loaded':
      return t('This part of the panel did not arrive. Check the network, then click again.')
  }
}

/** Why there is no choice of an output; null where there is one. */
export function describeOutputChoice(choice: OutputChoice): string | null {
  if (choice.kind !== 'none') return null
  switch (choice.why) {
    case 'unsupported':
      return t(
        "This browser plays through the computer's own output only. Choose it in the computer's settings.",
      )
    case 'refused':
      return t("The desktop does not let the panel choose an output. Choose it in the computer's settings.")
    case 'hidden':
      return t("The browser does not name the outputs to the panel. Choose one in the computer's settings.")
  }
}
