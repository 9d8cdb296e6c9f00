// Parts of the panel that main-edge.ts brings: there when the panel is drawn, but not in the page's own script.
import CallNotes from './CallNotes.vue'
import GuardQuestion from './GuardQuestion.vue'
import PanelFoot from './PanelFoot.vue'
import PromptList from './PromptList.vue'
import PromptWords from './PromptWords.vue'
import QueueList from './QueueList.vue'

export const panelParts = { CallNotes, GuardQuestion, PanelFoot, PromptList, PromptWords, QueueList }
