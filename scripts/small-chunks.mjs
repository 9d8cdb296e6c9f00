// Makes each chunk of the build small: Oxc minifies it first, and SWC still finds one byte in sixty of what is left.
import { minify as minifyBySwc } from '@swc/core'
import { minify as minifyByOxc } from 'vite'

/**
 * What is generated around our own code and does nothing here. Vite wraps the loading of each chunk to preload what that
 * needs; all of it is on its way by then, so the import stands by itself. The names of components are for Vue's warnings.
 */
export const withoutWrapping = (code) =>
  code
    .replace(/\basync \(\) => \{\s*const (\{ \w+ \}) = await (import\([^;]+);\s*return \1;\s*\}/g, '() => $2')
    .replace(/\b__vitePreload\(/g, '(')
    .replace(/,\s*__VITE_PRELOAD__(,\s*import\.meta\.url)?\s*\)/g, ')()')
    .replace(/^\s*__name: "\w+",\n/gm, '')

const forBrowsers = { target: 'es2022', maxIterations: 10 }

async function minifiedByOxc(name, code, mangle) {
  const { code: smaller, errors } = await minifyByOxc(name, code, {
    module: true,
    compress: forBrowsers,
    mangle,
  })
  if (errors.length > 0) throw new Error(`${name} cannot be minified: ${errors[0].message}`)
  return smaller
}

async function minified(code, name) {
  const first = await minifiedByOxc(name, code, false)
  const second = await minifyBySwc(first, {
    module: true,
    ecma: 2022,
    compress: { passes: 3, keep_fargs: false, pure_getters: true },
    mangle: false,
  })
  return minifiedByOxc(name, second.code, { toplevel: true })
}

/** Stands for the bundler's own minifier. The names of the files are made after it, of what they contain. */
export function smallChunks() {
  return {
    name: 'small-chunks',
    apply: 'build',
    renderChunk: {
      order: 'post',
      handler: async (code, { fileName }) => ({
        code: await minified(withoutWrapping(code), fileName),
        map: null,
      }),
    },
  }
}
