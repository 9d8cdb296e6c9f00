// Parts of the panel that no first click needs: a chunk of its own, loaded as soon as a prompt can be clicked.
import CallNotes from './CallNotes.vue'
import CatalogueGaps from './CatalogueGaps.vue'
import PromptWords from './PromptWords.vue'
import QueueList from './QueueList.vue'

export const panelParts = { CallNotes, CatalogueGaps, PromptWords, QueueList }
