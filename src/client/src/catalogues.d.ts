/** What stands in `words/` and `later/`; `catalogues.mjs` makes it. */
declare module 'candor:words' {
  /** The SHA-256 of every file of words as it is served, in hex, by its path: `words/` or `later/` and the language code. */
  export const hashes: Readonly<Record<string, string>>;
  /** By language code, what may have to be said before the file has arrived. */
  export const early: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
