// What weakens the promise of a round, in full sentences.
import { type Child, el } from '../dom.ts';
import type { Manifest, Weakening } from '../manifest.ts';
import { t } from '../ui.ts';

/** What one of them means; where somebody outside has the key, no copy of a disk here can hold it. */
function told(name: Weakening, { trustee }: Manifest): string {
  const copies = name === 'disk-copies' || name === 'disk-copies-unknown';
  return copies && trustee !== undefined ? t(`promise.weak.sealed.${name}`) : t(`promise.weak.${name}`);
}

/** A sentence for each, and what all of them mean. */
export function weakenings(names: readonly Weakening[], manifest: Manifest): Child[] {
  return [
    el('ul', { class: 'points' }, names.map((name) => el('li', {}, told(name, manifest)))),
    el('p', {}, t('promise.weak.means')),
  ];
}
