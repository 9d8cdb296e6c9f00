// What the records bring along: the part that keeps their long form, with its ports, and the view of them; and what else follows a playback.
import { speakFurther, type Part } from './texts/part'
export { browserDownloads as downloads } from './adapters/downloads'
export { browserSealing as sealing } from './adapters/sealing'
export { createFollowers } from './services/followers'
export { createRecordKeeping as create } from './services/record-keeping'
export { default as RequiredList } from './views/RequiredList.vue'
export { default as RecordsView } from './views/HistoryView.vue'

/** Waited for before the view is shown. */
export const words = speakFurther(import.meta.glob('./texts/*/records.{json,ts}') as Part)
