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

async function minified(code, name) {
  const first = await minifyByOxc(name, code, {
    module: true,
    compress: { target: 'es2022', maxIterations: 10 },
    mangle: { toplevel: true },
  })
  if (first.errors.length > 0) throw new Error(`${name} cannot be minified: ${first.errors[0].message}`)
  const second = await minifyBySwc(first.code, {
    module: true,
    ecma: 2022,
    compress: { passes: 3, keep_fargs: false },
    mangle: { toplevel: true },
  })
  return second.code
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
