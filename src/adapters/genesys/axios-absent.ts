// Stands in for axios, which the platform SDK imports for its default HTTP client.
// The app injects its own fetch-based AbstractHttpClient before the first request, so axios (20 kB gzip) would be
// shipped and never run. Reaching this file means that the injection was forgotten: better a sentence than a silent hang.
export default {
  create(): never {
    throw new Error(
      'axios is not part of this build: call ApiClient.setHttpClient() before the first request',
    )
  },
}
