// Calm pages: what has happened, what it means, what to do. One idea each.
import { el } from '../dom.ts';
import { type Page, ownLanguage, t } from '../ui.ts';
import { type Key, type Values, date } from '../words.ts';

/** A way on from a notice. */
export interface Way {
  readonly id: string;
  readonly label: Key;
  readonly go: () => void;
}

/** A page of paragraphs. */
export function notice(name: string, title: Key, paragraphs: readonly (Key | readonly [Key, Values])[], ...ways: readonly Way[]): () => Page {
  return () => ({
    name,
    title: t(title),
    body: [
      ...paragraphs.map((paragraph) => (typeof paragraph === 'string' ? t(paragraph) : t(paragraph[0], paragraph[1]))).map((text) => text !== '' && el('p', {}, text)),
      ways.length > 0 &&
        el(
          'p',
          { class: 'ways' },
          ways.map((way) => el('button', { id: way.id, type: 'button', class: 'button secondary', onclick: way.go }, t(way.label))),
        ),
    ],
  });
}

/** Before it is known what the page will be about. */
export const moment = notice('loading', 'loading.title', []);
export const loading = notice('loading', 'loading.title', ['loading.body']);
export const insecure = notice('insecure', 'insecure.title', ['insecure.body', 'insecure.do']);
export const noRound = notice('no-round', 'noRound.title', ['noRound.body']);
export const left = notice('left', 'left.title', ['left.body']);
export const elsewhere = notice('elsewhere', 'elsewhere.title', ['elsewhere.body']);

/** After a reload: all that this tab still knows is that a Send ended in it. */
export function sent(checkReceipt: () => void, enterCode: () => void): () => Page {
  return notice('sent', 'sent.title', ['sent.body', 'sent.receipt'], { id: 'check-receipt', label: 'receipt.check', go: checkReceipt }, { id: 'enter-code', label: 'sent.code', go: enterCode });
}

export function unsupported(where: string): () => Page {
  return notice('unsupported', 'unsupported.title', ['unsupported.body', ['unsupported.where', { where }]]);
}

export function notYet(opensAt: number): () => Page {
  return () => notice('not-yet', 'notYet.title', [['notYet.body', { date: date(ownLanguage(), opensAt) }]])();
}

/** What does not fit: before anything is answered, and the list at the end. */
export type Change = 'manifest' | 'words' | 'leaf' | 'group' | 'credential' | 'board';

/** The alarming page: a proof, a hash or a signature really failed. Each says only what happened; that keys were changed, only a failed proof says. */
export function changedKeys(what: Change): () => Page {
  const title = what === 'credential' ? 'keys.title' : (`keys.${what}.title` as const);
  const how = what === 'words' || what === 'board' ? [] : (['altered.body'] as const);
  return () => ({ ...notice('keys', title, [`keys.${what}`, ...how, 'common.tellWhom'])(), alarm: true });
}

export function altered(what: 'client' | 'instrument' | 'words'): () => Page {
  return () => ({ ...notice('altered', 'altered.title', [`altered.${what}`, 'altered.body', 'common.tellWhom'])(), alarm: true });
}
