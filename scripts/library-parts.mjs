// Builds Vue, Pinia and valibot from what Cueline uses of them, for the tests too. Their files on disk stay as they are published.
import { edited } from './edited-text.mjs'

/**
 * Vue leaves out what nothing imports, as Teleport. What its renderer asks about such a part at each step stays: is this one, and
 * what then? Here each such question gets its answer, and the minifiers take away what only another answer would reach. Each
 * entry: what is looked for, what stands for it, and how often it must be found. An update of Vue that is written
 * differently fails the build.
 */
const edits = {
  'runtime-core/dist/runtime-core.esm-bundler.js': [
    // Teleport, Suspense, KeepAlive: nothing has their flag.
    [/\b(\w+\.)*shapeFlag & (64|128|256|512)\b/g, '0', 20],
    [/\bis(Suspense|Teleport|KeepAlive|AsyncWrapper)\([\w.]+\)/g, 'false', 23],
    [/(?<=const queuePostRenderEffect = )queueEffectWithSuspense(?= ;)/g, 'queuePostFlushCb', 1],
    [/\bparentSuspense && parentSuspense\.pendingBranch\b/g, 'false', 4],
    [/\b(vnode|root|anchorVnode|instance)\.suspense\b(?! =)/g, 'null', 14],
    [
      /(?<=function updateHOCHostEl\(\{ vnode, parent), suspense \}, el\) \{/g,
      ' }, el) {\n  const suspense = null;',
      1,
    ],
    // Transitions: no element has one.
    [/\b(\w+\.)*vnode\.transition\b(?! =)|\bnextVNode\.transition\b/g, 'null', 6],
    [/const (\{[^}]*), transition\b([^}]*\} = vnode;)/g, 'const transition = null;\nconst $1$2', 5],
    [/(?<=const needCallTransitionHooks = )needTransition\(parentSuspense, transition\)/g, 'false', 1],
    [/(?<=const leavingNode = isFragment \? )getTransitionRoot\(vnode\)/g, 'null', 1],
    // What only such parts write into an element's description.
    [/^    (suspense|ssContent|ssFallback|transition|target|targetStart|targetAnchor): null,\n/gm, '', 8],
    [/^    (target|targetStart|targetAnchor|suspense|ce|cacheIndex): vnode\.\w+,?\n/gm, '', 5],
    [/^    (ssContent|ssFallback): vnode\.[^\n]*\n/gm, '', 2],
    [/if \(currentRenderingInstance\.ce \|\| [\s\S]*?\n  \}\n(?=  let slot = )/g, '', 1],
    // Nothing listens to the errors of the parts within it but the app.
    [
      /    while \(cur\) \{\n      const errorCapturedHooks = [\s\S]*?\n    \}\n(?=    if \(errorHandler\))/g,
      '',
      1,
    ],
    // A setup that is a promise.
    [/(?<=const isAsyncSetup = )isPromise\(setupResult\)/g, 'false', 1],
    [/\b(instance|subComponent)\.asyncDep\b(?! =|\.)/g, 'null', 4],
    [/(?<=const unresolvedAsyncRoot = )locateUnresolvedAsyncRoot\(instance\)/g, 'null', 1],
    // Custom elements.
    [/\b(instance|instance\.root|root|parentComponent)\.ce\b/g, 'null', 10],
    [/(?<=const customElement = )n1\.el && n1\.el\._isVueCE \? n1\.el : null/g, 'null', 1],
    // Markup that a server drew.
    [
      /  let hydrate;\n  let hydrateNode;\n  if \(createHydrationFns\) \{[^}]*\}/g,
      '  const hydrate = null, hydrateNode = null;',
      1,
    ],
    // v-once, v-memo: the templates are compiled to none.
    [/\b\w+\.dynamicChildren\.hasOnce\b(?! =)|\bdynamicChildren\.hasOnce\b(?! =)/g, 'false', 3],
    [/\bmemo != null\b|\bchild\.memo\b/g, 'false', 2],
    [/\bcacheIndex != null\b/g, 'false', 1],
    // Hooks of single elements, as @vue:mounted.
    [/\bvnodeHook = (next\.props && next\.props|props && props|props|newProps)\.onVnode\w+/g, 'false', 10],
    // Modifiers of v-model on a component, a component by its name, a server's drawing.
    [/(?<=const isModelListener = )event\.startsWith\("update:"\)/g, 'false', 1],
    [/(?<=const modifiers = )isModelListener && getModelModifiers\(props, event\.slice\(7\)\)/g, 'null', 1],
    [/resolveAsset\(COMPONENTS, component, false\) \|\| /g, '', 1],
    [/\bisInSSRComponentSetup\b(?! =)/g, 'false', 6],
    [/(?<=const sourceIsReactiveArray = )sourceIsArray && isReactive\(source\)/g, 'false', 1],
    [/currentNamespace === "mathml" && [\s\S]*?(?= \? void 0)/g, 'false', 1],
    [/ else if \(n2\.type === "math"\) \{\s*namespace = "mathml";\s*\}/g, '', 1],
    // Two styles that are equal but not the same: the part is drawn again.
    [/if \(key === "style" && isObject\(nextProp\) && isObject\(prevProp\)\) \{[^}]*\}/g, '', 1],
  ],
  'pinia/dist/pinia.esm-browser.prod.js': [
    // Stores are written as a setup function. Nobody listens to an action, patches, resets or hydrates a store, or extends Pinia.
    [/\bo\?V\(e,t,a,n\):B\(e,a,n\)/g, 'V(e,t,a,n)', 1],
    [/(?<=F=\{_p:i,\$id:e),\$onAction:[\s\S]*?(?=,\$dispose:E\},I=d\(F\))/g, '', 1],
    [/(?<=D=)\(t,n=``\)=>\{[\s\S]*?return r\[M\]=!0,r\[N\]=n,r\}(?=,F=)/g, 'e=>e', 1],
    [
      /Object\.defineProperty\(I,"\$state",\{[\s\S]*?\}\}\),i\._p\.forEach\([\s\S]*?\}\),S&&c&&r\.hydrate&&r\.hydrate\(I\.\$state,S\),h=!0,g=!0,/g,
      '',
      1,
    ],
    [/c\|\|\(S&&L\(n\)&&\(o\(n\)[\s\S]*?\),(?=i\.state\.value\[e\]\[t\]=n\))/g, 'c||(', 1],
  ],
  'valibot/dist/index.mjs': [
    // What schemas tell about themselves to others.
    [/^\t+reference: [\w$]+,\n/gm, '', 208],
    [/^\t+async: false,\n/gm, '', 172],
    [/\tschema\["~standard"\] = \{[\s\S]*?\n\t\};\n/g, '', 1],
    [
      /^\t\t(lang: config\$1\.lang|abortEarly: config\$1\.abortEarly|abortPipeEarly: config\$1\.abortPipeEarly|requirement: context\.requirement),?\n/gm,
      '',
      4,
    ],
  ],
  'shared/dist/shared.esm-bundler.js': [
    // Styles are objects.
    [/isString\(item\) \? parseStringStyle\(item\) : (?=normalizeStyle)/g, '', 1],
    // An object is never shown as text.
    [/JSON\.stringify\(val, replacer, 2\)/g, 'String(val)', 1],
  ],
  'runtime-dom/dist/runtime-dom.esm-bundler.js': [
    // Styles are objects of names that each browser knows; a property or an attribute is what Vue takes it for.
    [/(?<=const isCssString = )isString\(next\)/g, 'false', 1],
    [/!isString\(prev\)/g, 'true', 2],
    [/importantRE\.test\(val\)/g, 'false', 2],
    [/(?<=const prefixed = )autoPrefix\(style, name\)/g, 'name', 1],
    [
      /key\[0\] === "\." \? \(key = key\.slice\(1\), true\) : key\[0\] === "\^" \? \(key = key\.slice\(1\), false\) : /g,
      '',
      1,
    ],
    [/if \(key === "true-value"\) \{[\s\S]*?\}(?=\s*patchAttr\(el, key, nextValue, isSVG\))/g, '', 1],
    [
      /namespace === "mathml" \? doc\.createElementNS\(mathmlNS, tag\) : is \? doc\.createElement\(tag, \{ is \}\) : /g,
      '',
      1,
    ],
    // v-html: text is text.
    [
      /if \(key === "innerHTML" \|\| key === "textContent"\) \{\n    if \(value != null\) \{[\s\S]*?\n    return;\n  \}/g,
      '',
      1,
    ],
    // Transitions, custom elements, v-bind() in styles.
    [/const transitionClasses = el\[vtcKey\];/g, 'const transitionClasses = null;', 1],
    [/\btransition && value\b/g, 'false', 2],
    [/if \(transition\)/g, 'if (false)', 1],
    [/\bel\._isVueCE &&/g, 'false &&', 1],
    [/(?<=const cssVarText = )style\[CSS_VAR_TEXT\]/g, 'null', 1],
  ],
}

/** What no longer works then, by the names under which a component would import it. */
const leftOut =
  /^(onErrorCaptured|Teleport|Suspense|KeepAlive|(Base)?Transition(Group)?|define(Async|SSR)\w+|defineCustomElement|createSSRApp|withMemo|setBlockTracking|use(Host|ShadowRoot|TransitionState)|onActivated|onDeactivated)$/

/** Throws where the code is not written as the edits expect it. */
export const shortened = (code, name) => edited(name, code, edits[name])

export const shortenedFiles = Object.keys(edits)

/** The names among what a compiled component imports from Vue that are left out of it. */
export function findLeftOut(code) {
  return [...code.matchAll(/\bimport\s*\{([^}]*)\}\s*from\s*["']vue["']/g)]
    .flatMap(([, names]) => names.split(',').map((name) => name.trim().split(' ')[0]))
    .filter((name) => leftOut.test(name))
}

export function usedLibraries() {
  return [
    {
      name: 'used-libraries',
      enforce: 'pre',
      transform(code, id) {
        const name = id.includes('/node_modules/') && shortenedFiles.find((file) => id.endsWith(`/${file}`))
        return name ? { code: shortened(code, name), map: null } : undefined
      },
    },
    {
      name: 'used-libraries-only',
      enforce: 'post',
      transform(code, id) {
        const [name] = id.includes('/node_modules/') ? [] : findLeftOut(code)
        if (name) this.error(`${id} uses ${name}, which scripts/library-parts.mjs leaves out of Vue`)
      },
    },
  ]
}
