// Parts of the panel that no first click needs, in one chunk: there when the panel is drawn, but not in the page's own script.
export { default as CallNotes } from './CallNotes.vue'
export { default as GuardQuestion } from './GuardQuestion.vue'
export { default as PanelFoot } from './PanelFoot.vue'
export { default as PromptWords } from './PromptWords.vue'
export { default as QueueList } from './QueueList.vue'
