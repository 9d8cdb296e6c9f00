// The gallery's own page: a list of exhibits, switches, and each scene of the chosen one in a frame of a panel's width.
import '@fontsource/noto-sans/latin-400.css'
import '@fontsource/noto-sans/latin-600.css'
import '@fontsource/urbanist/latin-600.css'
import '../src/styles/tokens.css'
import '../src/styles/base.css'
import './page.css'
import { createApp } from 'vue'
import GalleryPage from './GalleryPage.vue'

createApp(GalleryPage).mount('#gallery')
