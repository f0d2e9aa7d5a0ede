// Objecting: a signed receipt that is not on the board holds the opening until somebody has answered in public.
import { NoAnswer, Outcome, objectionRequest, post } from './box.ts';
import { fromUtf8 } from './bytes.ts';
import { Value } from './json.ts';
import { type Weakening, weakening } from './manifest.ts';
import type { Receipt } from './receipt.ts';
import { type Wave, fetchBytes } from './wave.ts';

/** What became of an objection; `late` when none are taken (the box is not shut yet, was opened, or the round has ended). */
export type Objected = 'counted' | 'onBoard' | 'late' | 'refused' | 'unreachable';

/** Posts an objection without the link. Posting the same receipt again counts once. */
export async function object(wave: Wave, { leaf, signature }: Receipt): Promise<Objected> {
  try {
    const { outcome, payload } = await post(`${wave.base}box`, objectionRequest(leaf, signature), wave.manifest.responseSize);
    if (outcome === Outcome.done) return payload[0] === 0 ? 'counted' : 'onBoard';
    return outcome === Outcome.takesNoAnswers ? 'late' : 'refused';
  } catch (error) {
    if (error instanceof NoAnswer) return 'unreachable';
    throw error;
  }
}

/** What is public of a round beside its list: how many objections there are, what was answered to them, how many addresses were changed. */
export interface Objections {
  readonly count: number;
  readonly answer: string | undefined;
  /** The round has ended without a result since the list was published. */
  readonly ended: boolean;
  /** People whose mail address was changed after the launch; each was told at the address before. */
  readonly addressesChanged: number;
  /** What was found while the round ran that weakens its promise and that the promise does not say. */
  readonly foundLater: readonly Weakening[];
}

export function readObjections(text: string, wave: string): Objections {
  const json = Value.parse(text, 'objections');
  json.field('format').is('candor-objections/1');
  json.field('wave').is(wave);
  const answer = json.field('answer');
  return {
    count: json.field('count').u32(),
    answer: answer.raw === null ? undefined : answer.text(),
    ended: json.optional('ended')?.flag() ?? false,
    // A later server may have found what this page has no words for.
    foundLater: (json.optional('found_later')?.list() ?? []).map((name) => weakening(name.text()) ?? 'unseen'),
    addressesChanged: json.optional('addresses_changed')?.u32() ?? 0,
  };
}

/** The objections of a round; `undefined` when they cannot be read now. */
export async function fetchObjections(wave: Wave): Promise<Objections | undefined> {
  try {
    return readObjections(fromUtf8(await fetchBytes(`${wave.base}objections`)), wave.manifest.wave);
  } catch {
    return undefined;
  }
}
