// What the settings bring along: the sheet itself, loaded when an agent opens it.
export { default as SettingsSheet } from './views/SettingsSheet.vue'
