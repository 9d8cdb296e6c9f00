// The gallery's own page: a list of exhibits, switches, and each scene of the chosen one in a frame of a panel's width.
import '@fontsource/urbanist/latin-600.css'
import '../src/styles/fonts.css'
import '../src/styles/tokens.css'
import '../src/styles/base.css'
import './page.css'
import { createApp } from 'vue'
import GalleryPage from './GalleryPage.vue'

createApp(GalleryPage).mount('#gallery')
