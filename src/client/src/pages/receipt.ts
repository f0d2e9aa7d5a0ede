// The page after Send: the receipt, the way to keep it, and how to check later.
import { button, el } from '../dom.ts';
import { clear, isShared } from '../kiosk.ts';
import { type Receipt, shortCode, writeReceipt } from '../receipt.ts';
import { type Page, ownLanguage, t } from '../ui.ts';
import type { Wave } from '../wave.ts';
import { date } from '../words.ts';

/** Hands the receipt to the browser's downloads. */
function download(wave: Wave, receipt: Receipt): void {
  const address = URL.createObjectURL(new Blob([writeReceipt(receipt, wave)], { type: 'application/json' }));
  const link = el('a', { href: address, download: `candor-receipt-${wave.manifest.wave}.json` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export function receiptPage(wave: Wave, receipt: Receipt, check: () => void): Page {
  const { schedule } = wave.manifest;
  const shared = isShared();
  const saved = el('p', { id: 'saved', class: 'hint', role: 'status' });
  const save = (): void => {
    download(wave, receipt);
    saved.textContent = t('receipt.saved');
  };
  const closes = { date: date(ownLanguage(), schedule.closesAt + schedule.grace * 1000) };
  return {
    name: 'receipt',
    title: t('receipt.title'),
    body: [
      el('p', { class: 'lead' }, t('receipt.body')),
      el(
        'section',
        { class: 'receipt', 'aria-labelledby': 'receipt-label' },
        el('h2', { id: 'receipt-label' }, t('receipt.code')),
        el('p', { id: 'receipt-code', class: 'short-code', translate: 'no' }, shortCode(receipt)),
        shared && el('p', {}, t('shared.receipt')),
        el('p', { class: 'hint' }, t(shared ? 'shared.receiptShows' : 'receipt.hint')),
        // A file would stay on the device.
        !shared && button('save-receipt', 'secondary', t('receipt.save'), save),
        !shared && saved,
      ),
      el('h2', {}, t('receipt.how.title')),
      el(
        'ul',
        { class: 'points' },
        el('li', {}, schedule.pace === 'manual' ? t('receipt.how.boardManual') : t('receipt.how.board', closes), ' ', !shared && button('check-receipt', 'quiet', t('receipt.check'), check)),
        el('li', {}, t('receipt.how.mail')),
        el('li', {}, t('receipt.how.missing')),
      ),
      shared ? el('p', { class: 'bar' }, button('done', 'primary', t('shared.done'), clear)) : el('p', {}, t('receipt.close')),
    ],
  };
}
