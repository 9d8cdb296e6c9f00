// Parts of the panel that no first click needs, in one chunk: there when the panel is drawn, but not in the page's own script.
import CallNotes from './CallNotes.vue'
import GuardQuestion from './GuardQuestion.vue'
import PanelFoot from './PanelFoot.vue'
import PromptWords from './PromptWords.vue'
import QueueList from './QueueList.vue'

export const panelParts = { CallNotes, GuardQuestion, PanelFoot, PromptWords, QueueList }
