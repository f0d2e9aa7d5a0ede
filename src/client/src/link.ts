// The personal link: what stands in the fragment, however a mail program has bent it, and the typed code.
import type { Bytes } from './bytes.ts';
import { readCode, readPair } from './code.ts';

/** A link of the invitation, or of the closing mail. */
export type Purpose = 'answer' | 'status';

export interface Link {
  readonly purpose: Purpose;
  /** The manifest hash as text, when the link carried one; a typed code does not. */
  readonly manifest: string | undefined;
  readonly secret: Bytes;
}

/** What a page address says about a link; `damaged` when something like one was there and cannot be read. */
export type Found = Link | 'none' | 'damaged';

function unescaped(text: string): string {
  let plain = text;
  // Twice, because a gateway may escape what a mail program had escaped.
  for (let i = 0; i < 2; i++) {
    try {
      plain = decodeURIComponent(plain);
    } catch {
      return plain;
    }
  }
  return plain;
}

/** The remainder that the check characters of a manifest hash write: its characters, in any case, as a number in base 38, modulo 1021. */
function remainder(manifest: string): number {
  return [...manifest.toLowerCase()].reduce((number, character) => (38 * number + '0123456789abcdefghijklmnopqrstuvwxyz-_'.indexOf(character)) % 1021, 0);
}

/**
 * Reads `v2.<b64 of h>.<check>.<code>` or `s2.…`, with or without `#`, in any case, with anything after the code.
 *
 * A hash that does not fit its check characters was damaged on the way: it names no manifest, and says nothing about the one that is served. Links of
 * earlier versions, `v1.<b64 of h>.<code>`, have no check characters.
 */
export function readLink(text: string): Found {
  const plain = unescaped(text).trim();
  const match = /(?:^|[#/])([vs])([12])\.([A-Za-z0-9_-]{43})(?:\.([0-9A-Za-z]{2}))?\.([0-9A-Za-z-]{17,})/i.exec(plain);
  if (match === null) return /(?:^|[#/])[vs][12]\b/i.test(plain) ? 'damaged' : 'none';
  const [, letter = '', version, manifest = '', check, rest = ''] = match;
  const whole = version === '1' ? check === undefined : check !== undefined && readPair(check) === remainder(manifest);
  const secret = readCode(rest.replaceAll('-', '').slice(0, 17));
  if (!whole || typeof secret === 'string') return 'damaged';
  return { purpose: letter.toLowerCase() === 's' ? 'status' : 'answer', manifest, secret };
}

/** The round's name in a path such as `/w/2026-q4/`. */
export function waveOf(path: string): string | undefined {
  return /^\/w\/([a-z0-9-]{1,40})(?=[/#%]|$)/i.exec(path)?.[1]?.toLowerCase();
}

/** The round's name in a pasted link; `undefined` when there is no address in the text. */
export function waveIn(text: string): string | undefined {
  const path = /^\s*https?:\/\/[^/]+(\/\S*)/i.exec(text)?.[1];
  return path === undefined ? undefined : waveOf(path);
}

/** Reads the link from a page address: from the fragment, or from the path when `#` arrived as `%23`. */
export function linkInAddress(address: { readonly pathname: string; readonly hash: string; readonly search: string }): Found {
  const inFragment = readLink(address.hash);
  if (inFragment !== 'none') return inFragment;
  return readLink(address.pathname.replace(/^\/w\/[^/%#]*\/?/, '') + address.search);
}
