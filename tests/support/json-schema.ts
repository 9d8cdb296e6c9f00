// A JSON schema, as far as these tests need to know what one is.
export type JsonSchema = Readonly<Record<string, unknown>>
