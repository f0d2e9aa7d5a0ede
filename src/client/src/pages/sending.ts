// While the answers travel, and what is shown when they could not be delivered.
import { Outcome } from '../box.ts';
import { showShortCode } from '../code.ts';
import { button, el } from '../dom.ts';
import { isShared } from '../kiosk.ts';
import type { Refused } from '../sending.ts';
import { type Page, t } from '../ui.ts';
import type { Key } from '../words.ts';
import { noRound, notice } from './notices.ts';
import { type Notice, withNotice } from './waiting.ts';

/** How far a Send has come when it is held up: no answer has left this device, or they have and nothing has confirmed it. */
export type Stage = 'unsent' | 'unconfirmed';

/** The page shown from Send to the receipt. `resumed` when an earlier visit had pressed Send; `held` from the first try that failed. */
export function sendingPage(durable: boolean, resumed: boolean, held: Stage | undefined, waiting: Notice | undefined): Page {
  const page: Page = {
    name: 'sending',
    title: t(held === undefined ? 'sending.title' : 'sending.held'),
    body: [
      el('p', { id: 'stage', role: 'status' }, t(held !== undefined ? `sending.${held}` : resumed ? 'sending.resume' : 'sending.body')),
      el('p', { id: 'storage', class: durable ? 'hint' : 'inset' }, t(!durable ? 'sending.memory' : isShared() ? 'sending.shared' : 'sending.durable')),
      waiting === undefined && el('div', { class: 'busy', 'aria-hidden': 'true' }),
    ],
  };
  return withNotice(page, waiting);
}

/** Only the list can tell whether the answers count, so the code to look for is shown. */
function lookThere(name: string, title: Key, told: Key, leaf: Uint8Array, checkReceipt: () => void): Page {
  return {
    name,
    title: t(title),
    body: [
      el('p', {}, t(told)),
      el('p', { id: 'receipt-code', class: 'short-code', translate: 'no' }, showShortCode(leaf)),
      el('p', { class: 'ways' }, button('check-receipt', 'secondary', t('receipt.check'), checkReceipt)),
    ],
  };
}

/** What came back for answers that were sent is no receipt. */
export function wrongReceipt(leaf: Uint8Array, checkReceipt: () => void): () => Page {
  return () => {
    const page = lookThere('keys', 'keys.receipt.title', 'keys.receipt', leaf, checkReceipt);
    return { ...page, body: [...page.body, el('p', {}, t('common.tellWhom'))], alarm: true };
  };
}

/** A link or card for whose person a credential was given out. `othersWaiting`: this browser keeps an unfinished Send under another link. */
export function used(othersWaiting: boolean, checkReceipt: () => void): () => Page {
  const check = { id: 'check-receipt', label: 'receipt.check', go: checkReceipt } as const;
  return notice('used', 'used.title', ['used.body', 'used.notYou', ...(othersWaiting ? (['used.waiting'] as const) : [])], check);
}

/** A closed round in whose tab entries stand that were not sent. They stay as long as answers may still arrive. */
export function closedWithEntries(again: () => void, drop: () => void): () => Page {
  return notice('closed', 'closed.title', ['closed.kept', 'closed.status'], { id: 'try-again', label: 'common.retry', go: again }, { id: 'delete', label: 'closed.delete', go: drop });
}

/** A round that takes no answers. `lost`: answers were to be sent and cannot be any more; `dropped`: entries that stood in this tab are deleted. */
export function closed(what: 'body' | 'lost' | 'dropped', checkReceipt: () => void): () => Page {
  const check = { id: 'check-receipt', label: 'receipt.check', go: checkReceipt } as const;
  return notice('closed', 'closed.title', [`closed.${what}`, 'closed.status'], check);
}

/** A round that was ended without a result. `begun`: answers were on their way; `trustee`: who holds the key, outside the operator. */
export function ended(begun: boolean, trustee: string | undefined): () => Page {
  const destroyed = trustee === undefined ? 'ended.body' : (['ended.bodyTrustee', { holder: trustee }] as const);
  return notice('ended', 'ended.title', [destroyed, begun ? 'ended.begun' : 'ended.stand', 'ended.reason']);
}

/** What to show when the server refused for good. `leaf` is what the receipt would have been for; `othersWaiting` as in {@link used}, `trustee` as in {@link ended}. */
export function refused(error: Refused, trustee: string | undefined, leaf: Uint8Array | undefined, othersWaiting: boolean, again: () => void, checkReceipt: () => void): () => Page {
  const { step, outcome } = error;
  if (error.ended) return ended(step === 'issue' || step === 'redeem', trustee);
  if (outcome === Outcome.noSuchWave) return noRound;
  if (outcome === Outcome.unknownLink) return notice('unknown', 'unknown.title', ['unknown.body']);
  if (outcome === Outcome.otherElement) return used(othersWaiting, checkReceipt);
  if (outcome === Outcome.takesNoAnswers) return leaf !== undefined && step === 'redeem' ? () => lookThere('closed', 'closed.title', 'closed.uncertain', leaf, checkReceipt) : closed(step === 'issue' ? 'lost' : 'body', checkReceipt);
  const number = ['refused.outcome', { step, outcome }] as const;
  if (error.recordOfUse) return notice('refused', 'refused.title', ['refused.body', number], { id: 'try-again', label: 'common.retry', go: again });
  return notice('refused', 'refused.title', ['refused.gone', number, 'common.tellWhom']);
}
