// What weakens the promise of a round, in full sentences.
import { type Child, el } from '../dom.ts';
import type { Weakening } from '../manifest.ts';
import { t } from '../ui.ts';

/** A sentence for each, and what all of them mean. */
export function weakenings(names: readonly Weakening[]): Child[] {
  return [
    el('ul', { class: 'points' }, names.map((name) => el('li', {}, t(`promise.weak.${name}`)))),
    el('p', {}, t('promise.weak.means')),
  ];
}
