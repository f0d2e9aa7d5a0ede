/** What stands in `words/`; `catalogues.mjs` makes it. */
declare module 'candor:words' {
  /** The SHA-256 of every language's file of words as it is served, in hex, by language code. */
  export const hashes: Readonly<Record<string, string>>;
  /** By language code, what may have to be said before the file has arrived. */
  export const early: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
