/** What stands in `words/`; `catalogues.mjs` makes it. */
declare module 'candor:words' {
  /** The keys of the English file. */
  export const keys: readonly string[];
  /** By language code, the texts in the order of the keys; `null` where a language lacks one. */
  export const texts: Readonly<Record<string, readonly (string | null)[]>>;
}
