// What scripts/sdk-parts.mjs leaves out of the bodies of the SDKs' methods: branches that Cueline's calls never take.

const nothing = (wanted, times = 1) => [wanted, '', times]

/** By file of the two SDKs. */
export const sdkEdits = {
  'ApiClient.js': [
    // Headers of a single request, forms, other ways to show who is there than a token.
    nothing(/\n\t*if \(customHeaders\) \{[\s\S]*?\n\t\t\t\t\}\n/g),
    nothing(
      /if \(contentType === 'application\/x-www-form-urlencoded'\) \{[\s\S]*?\} else (?=if \(bodyParam\))/g,
    ),
    nothing(/case 'basic':[\s\S]*?(?=case 'oauth2':)/g),
    nothing(/default:\s*throw new Error\(`Unknown authentication type[^\n]*/g),
    nothing(/'Guest Chat JWT':[^\n]*/g),
    // Refresh tokens: no grant here has one.
    nothing(
      /if \(error\.response && error\.response\.status == 401[\s\S]*?\} else (?=if \(error\.response\))/g,
    ),
    // The log, which is silent; the sign-in window; what would be kept in the browser.
    nothing(/that\.config\.logger\.log\([\s\S]*?\);\n/g, 3),
    nothing(
      /if \(typeof window !== 'undefined'\) \{\s*\/\/ Browser only[\s\S]*?this\.onAuthPopupStatus = null;/g,
    ),
    nothing(
      /try \{\s*localStorage\.setItem\('purecloud_local_storage_test'[\s\S]*?this\.hasLocalStorage = false;\s*\}/g,
    ),
    nothing(/\n\t\t\tif \(this\.persistSettings !== true\) return;[\s\S]*?localStorage\.setItem\([^\n]*/g, 2),
    nothing(/this\.CollectionFormatEnum = \{[\s\S]*?\n\t\t\};/g),
    // The SDK's own HTTP client: it is given one.
    nothing(/ else \{\s*this\.httpClient = +new DefaultHttpClient[\s\S]*?\}/g),
    nothing(/import DefaultHttpClient [^\n]*/g),
  ],
  'configuration.js': [
    nothing(/import Logger [^\n]*/g),
    nothing(/this\.logger = new Logger\(\);/g),
    nothing(
      /this\.(authPopupConfiguration = this\._getDefaultAuthPopupConfiguration|liveLoadConfig)\(\);/g,
      5,
    ),
    nothing(/if \(gateway\.(username|password)\)[^\n]*/g, 2),
    // Where people sign in is asked of nobody here.
    nothing(/if \(pathType === 'login'\) \{[\s\S]*?\} else (?=\{\s*if \(this\.gateway\.path_params_api)/g),
  ],
  // What these are given is of the right kind.
  'HttpRequestOptions.js': [nothing(/if \([^\n]*\) (\{\s*)?throw new Error\([^\n]*\);(\s*\})?/g, 6)],
  'AbstractHttpClient.js': [nothing(/if \([^\n]*\) \{\s*throw new Error\([^\n]*\);\s*\}/g, 4)],
  // The older launch parameters, and the parts of the desktop that Cueline does not speak to.
  'index.ts': [
    [/\} else if \('gcHostOrigin' in cfg[\s\S]*?this\._customPcOrigin = cfg\.pcOrigin;\s*\}/g, '}', 1],
    nothing(/if \(!this\._pcEnv && !this\._customPcOrigin\) \{[\s\S]*?\}/g),
    nothing(/this\.(coreUi|users|myConversations|externalContacts) = new \w+\(apiCfg\);/g, 4),
  ],
  'modules/base.ts': [
    nothing(
      /if \(!(eventType|listener) \|\| [\s\S]*?throw new Error\('Invalid \1 provided to \w+'\);\s*\}/g,
      4,
    ),
    nothing(
      /if \((typeof options !== 'object'|filter !== null|options\.once !== null)[^\n]*\n\s*throw [^\n]*\n\s*\}/g,
      3,
    ),
  ],
  'utils/env.ts': [
    nothing(/const PC_ENV_TLDS = [\s\S]*?\.concat\(__PC_DEV_ENVS__\);/g),
    nothing(/const \[defaultEnv\] = [^\n]*/g),
    [/(?<=export const DEFAULT_PC_ENV = )buildPcEnv\([^\n]*\)/g, 'null', 1],
    [/(?<=envTlds: string\[\] = )PC_ENV_TLDS/g, '[]', 1],
  ],
}
