// Whether the tour is offered by itself: once per browser, and never to a program that drives one.

const key = 'northwind.tour'

type Store = Pick<Storage, 'getItem' | 'setItem'>

/** `isDriven`: `navigator.webdriver`. A browser that keeps nothing is asked each time; it cannot be told apart from a new one. */
export function isFirstVisit(store: Store, isDriven: boolean): boolean {
  if (isDriven) return false
  try {
    return store.getItem(key) === null
  } catch {
    // Storage that is closed to this page: the tour can be put away again.
    return true
  }
}

export function rememberVisit(store: Store): void {
  try {
    store.setItem(key, 'seen')
  } catch {
    // Then it is offered again next time.
    return
  }
}
