// Types of find-browser.mjs, which stays plain JavaScript because it runs before anything is installed.
/** The path of a browser that can be started; undefined when none is installed. Throws on an unusable CHROMIUM_PATH. */
export function findBrowser(): string | undefined
