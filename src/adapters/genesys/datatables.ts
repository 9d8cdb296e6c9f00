// A data table as a catalogue: one row per prompt and language. Needs architect:datatableRow:view.
import { readRows } from '../../core/catalogue-row'
import { answered } from '../../core/errors'
import type { CatalogueSource, Platform } from '../../core/ports'
import { fetchAllPages } from './pages'

/** The recordings lie on the CDN: the table says which there are, and their words. */
export function createDataTable(platform: Platform, datatableId: string): CatalogueSource {
  return {
    needsSignIn: true,
    async fetchCatalogue() {
      const path = '/api/v2/flows/datatables/{datatableId}/rows'
      const rows = await fetchAllPages(
        platform,
        { method: 'GET', path, pathParams: { datatableId }, query: { showbrief: false } },
        'the data table sent no readable rows',
      )
      return rows.ok ? answered(readRows(rows.value)) : rows
    },
  }
}
