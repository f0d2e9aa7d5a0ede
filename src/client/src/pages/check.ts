// Looking for a receipt on the board, objecting when it is missing, and the status page of the closing mail.
import { WrongBoard, placeOnBoard, readBoard } from '../board.ts';
import { type Bytes, fromUtf8 } from '../bytes.ts';
import { WAVE_WORDS, checkWords } from '../checkwords.ts';
import { now } from '../clock.ts';
import { readShortCode } from '../code.ts';
import type { Standing } from '../box.ts';
import { button, el, errorSummary, form } from '../dom.ts';
import { type Objected, type Objections, fetchObjections, object } from '../objection.ts';
import { type Receipt, readReceipt, receiptHolds } from '../receipt.ts';
import { type Page, ownLanguage, show, t } from '../ui.ts';
import { Gone, NoSuchWave, type Wave, fetchBytes } from '../wave.ts';
import { type Key, type Values, date } from '../words.ts';
import { wordList } from './code.ts';
import { changedKeys } from './notices.ts';
import { statusPart, statusTitle } from './status.ts';
import { weakenings } from './weakenings.ts';

/** What is being looked for: the ten bytes of a short code, or a whole leaf with its signature. */
interface Wanted {
  readonly start: Bytes;
  readonly receipt?: Receipt;
}

type Problem = 'nothing' | 'file' | 'round' | 'signature' | 'code';

/** What looking came to. */
interface Result {
  /** `undefined` when there was no list to look at. */
  readonly found: boolean | undefined;
  readonly key: Key;
  readonly values?: Values;
  readonly counts?: Values;
  /** The root of the list, of which everybody who looks must see the same words. */
  readonly root?: Bytes;
  readonly objections?: Objections | undefined;
  /** A receipt that is missing on the list and with which one can object. */
  readonly receipt?: Receipt | undefined;
  readonly objected?: Objected;
}

const NOT_HERE = { found: undefined, key: 'check.missingEnded' } as const;

async function wanted(wave: Wave, file: File | undefined, code: string): Promise<Wanted | Problem> {
  if (file !== undefined) {
    try {
      const receipt = readReceipt(await file.text(), wave);
      if (receipt === undefined) return 'round';
      return receiptHolds(receipt, wave) ? { start: receipt.leaf, receipt } : 'signature';
    } catch {
      return 'file';
    }
  }
  const start = readShortCode(code);
  if (typeof start === 'string') return start === 'empty' ? 'nothing' : 'code';
  return { start };
}

/** Fetches the board, checks it and looks. Throws `WrongBoard`. */
async function look(wave: Wave, { start, receipt }: Wanted): Promise<Result> {
  const { schedule } = wave.manifest;
  let text: string;
  try {
    text = fromUtf8(await fetchBytes(`${wave.base}board`));
  } catch (error) {
    if (error instanceof Gone) return { found: undefined, key: 'check.ended' };
    if (!(error instanceof NoSuchWave)) return { found: undefined, key: 'check.unreachable' };
    if (schedule.pace === 'manual') return { found: undefined, key: 'check.notYet' };
    return { found: undefined, key: 'check.notYetDate', values: { date: date(ownLanguage(), schedule.closesAt + schedule.grace * 1000) } };
  }
  const board = await readBoard(text, wave, () => new Promise((resolve) => setTimeout(resolve)));
  const { invited, issued, spent, root } = board;
  const known = { counts: { invited, issued, spent }, root };
  const place = placeOnBoard(board, start);
  const objections = await fetchObjections(wave);
  // The list stays when a round is ended after its close, and then counts nothing.
  if (objections?.ended) return place === undefined ? { ...NOT_HERE, objections } : { found: undefined, key: 'check.onListEnded', values: { place, count: spent }, ...known, objections };
  if (place !== undefined) return { found: true, key: 'check.onList', values: { place, count: spent }, ...known, objections };
  return { found: false, key: receipt ? 'check.missingFile' : 'check.missingCode', ...known, objections, receipt };
}

/** Until when objections are taken at least: the round may have closed later than announced, and never closes earlier. */
function objectionsUntil({ schedule }: Wave['manifest']): number | undefined {
  const until = schedule.closesAt + (schedule.grace + schedule.window) * 1000;
  return schedule.pace === 'dates' && now() < until ? until : undefined;
}

/** A page that looks for receipts. `status` is what the closing mail's link says about the person, when it was that link. */
export function showCheckPage(wave: Wave, status: Standing | undefined, back: (() => void) | undefined): void {
  let typed = '';
  let file: File | undefined;
  let problem: Problem | undefined;
  let result: Result | undefined;
  const until = objectionsUntil(wave.manifest);

  const submit = async (): Promise<void> => {
    const what = await wanted(wave, file, typed);
    problem = typeof what === 'string' ? what : undefined;
    result = undefined;
    try {
      if (typeof what !== 'string') result = await look(wave, what);
    } catch (error) {
      if (error instanceof WrongBoard) return show(changedKeys('board'));
      result = { found: undefined, key: 'check.unreachable' };
    }
    show(page);
  };

  const raise = async (missing: Result, receipt: Receipt): Promise<void> => {
    const objected = await object(wave, receipt);
    const objections = await fetchObjections(wave);
    result = objections?.ended ? { ...NOT_HERE, objections } : { ...missing, objected, objections: objections ?? missing.objections };
    show(page);
  };

  const objecting = (missing: Result): HTMLElement | undefined => {
    const { receipt, objected } = missing;
    if (objected !== undefined) return el('p', { id: 'objected' }, el('strong', {}, t(`check.objected.${objected}`)));
    if (receipt === undefined) return undefined;
    return el(
      'div',
      {},
      el('p', {}, t('check.object.body'), until !== undefined && [' ', t('check.until', { date: date(ownLanguage(), until) })]),
      el('p', {}, button('object', 'primary', t('check.object'), () => void raise(missing, receipt))),
    );
  };

  const resultBox = (shown: Result): HTMLElement => {
    const { found, key, values, counts, root, objections } = shown;
    return el(
      'div',
      { id: 'check-result', class: found === undefined ? 'inset' : found ? 'result good' : 'result bad', role: 'status', tabindex: -1 },
      el('p', {}, t(key, values)),
      objecting(shown),
      found === false && el('p', {}, t('common.tellWhom')),
      found && el('p', {}, t('check.proved')),
      root && el('p', {}, t('check.same')),
      root && wordList(checkWords(root, WAVE_WORDS)),
      counts && el('p', { class: 'hint' }, t('check.counts', counts)),
      found && until !== undefined && el('p', { class: 'hint' }, t('check.until', { date: date(ownLanguage(), until) })),
      objections !== undefined && objections.addressesChanged > 0 && el('p', { id: 'addresses', class: 'hint' }, t('check.addresses', { count: objections.addressesChanged })),
      objections !== undefined && objections.foundLater.length > 0 && el('div', { id: 'found-later', class: 'hint' }, el('p', {}, t('check.foundLater')), weakenings(objections.foundLater, wave.manifest)),
      objections !== undefined && objections.count > 0 && el('p', { id: 'objections', class: 'hint' }, t('check.objections', { count: objections.count })),
      objections?.answer !== undefined && el('p', { class: 'hint' }, t('check.objections.answer'), ' ', el('q', {}, objections.answer)),
    );
  };

  // The browser's own field speaks the language of the browser, not of this page.
  const filePicker = (): HTMLElement => {
    const input = el('input', { id: 'receipt-file', type: 'file', accept: '.json,application/json', hidden: true });
    const name = el('span', { id: 'receipt-name', role: 'status' }, file?.name ?? t('check.noFile'));
    input.addEventListener('change', () => {
      file = input.files?.[0];
      name.textContent = file?.name ?? t('check.noFile');
      // What was given last is looked for.
      typed = '';
      const code = document.getElementById('short-code');
      if (code instanceof HTMLInputElement) code.value = '';
    });
    const choose = button('choose-file', 'secondary', t('check.choose'), () => input.click());
    choose.setAttribute('aria-describedby', 'receipt-label receipt-name');
    return el('p', { class: 'picker' }, input, choose, ' ', name);
  };

  const checkForm = (): HTMLElement[] => [
    el('p', {}, t('check.intro')),
    form(
      { class: 'field-form' },
      () => void submit(),
      el(
        'div',
        { class: problem && problem !== 'code' ? 'field wrong' : 'field' },
        el('p', { id: 'receipt-label', class: 'label' }, t('check.file')),
        filePicker(),
      ),
      el('p', { class: 'or' }, t('check.or')),
      el(
        'div',
        { class: problem === 'code' ? 'field wrong' : 'field' },
        el('label', { for: 'short-code' }, t('check.code')),
        el('p', { id: 'short-code-hint', class: 'hint' }, t('check.codeHint')),
        el('input', {
          id: 'short-code',
          type: 'text',
          class: 'code',
          value: typed,
          autocomplete: 'off',
          autocapitalize: 'characters',
          spellcheck: 'false',
          'aria-describedby': 'short-code-hint',
          oninput: (event: Event) => {
            if (event.target instanceof HTMLInputElement) typed = event.target.value;
            file = undefined;
            document.getElementById('receipt-name')?.replaceChildren(t('check.noFile'));
          },
        }),
      ),
      el('button', { id: 'check', type: 'submit', class: 'button primary' }, t('check.submit')),
    ),
  ];

  const page = (): Page => ({
    name: status === undefined ? 'check' : 'status',
    title: status === undefined ? t('check.title') : statusTitle(status),
    ...(problem ? { focus: 'error-summary' } : result ? { focus: 'check-result' } : {}),
    above: back && button('back', 'quiet', `‹ ${t('common.back')}`, back),
    body: [
      problem && errorSummary(t('check.error.title'), t(`check.error.${problem}`), problem === 'code' ? 'short-code' : 'choose-file'),
      ...(status ? statusPart(wave, status) : []),
      result && resultBox(result),
      ...checkForm(),
      el('p', { class: 'hint' }, t('check.words')),
      wordList(checkWords(wave.h, WAVE_WORDS)),
    ],
  });
  show(page);
}
