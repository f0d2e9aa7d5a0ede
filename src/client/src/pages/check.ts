// Looking for a receipt on the board, and the status page of the closing mail.
import { WrongBoard, onBoard, readBoard } from '../board.ts';
import { fromUtf8 } from '../bytes.ts';
import { WAVE_WORDS, checkWords } from '../checkwords.ts';
import { readShortCode } from '../code.ts';
import { button, el, errorSummary, form } from '../dom.ts';
import { readReceipt, receiptHolds } from '../receipt.ts';
import { type Page, ownLanguage, show, t } from '../ui.ts';
import { NoSuchWave, type Wave, fetchBytes } from '../wave.ts';
import { type Key, type Values, date } from '../words.ts';
import { wordList } from './code.ts';
import { changedKeys } from './notices.ts';

/** What is being looked for: a whole leaf with its signature, or the ten bytes of a short code. */
interface Wanted {
  readonly start: Uint8Array;
  readonly proven: boolean;
}

type Problem = 'nothing' | 'file' | 'round' | 'signature' | 'code';
type Result = readonly [good: boolean | undefined, key: Key, values?: Values, counts?: Values];

async function wanted(wave: Wave, file: File | undefined, code: string): Promise<Wanted | Problem> {
  if (file !== undefined) {
    try {
      const receipt = readReceipt(await file.text(), wave);
      if (receipt === undefined) return 'round';
      return receiptHolds(receipt, wave) ? { start: receipt.leaf, proven: true } : 'signature';
    } catch {
      return 'file';
    }
  }
  const start = readShortCode(code);
  if (typeof start === 'string') return start === 'empty' ? 'nothing' : 'code';
  return { start, proven: false };
}

/** Fetches the board, checks it and looks. Throws `WrongBoard`. */
async function look(wave: Wave, { start, proven }: Wanted): Promise<Result> {
  const { schedule } = wave.manifest;
  let text: string;
  try {
    text = fromUtf8(await fetchBytes(`${wave.base}board`));
  } catch (error) {
    if (!(error instanceof NoSuchWave)) return [undefined, 'check.unreachable'];
    if (schedule.pace === 'manual') return [undefined, 'check.notYet'];
    return [undefined, 'check.notYetDate', { date: date(ownLanguage(), schedule.closesAt + schedule.grace * 1000) }];
  }
  const board = readBoard(text, wave);
  const counts = { invited: board.invited, issued: board.issued, spent: board.spent };
  if (onBoard(board, start)) return [true, 'check.onList', { count: board.spent }, counts];
  return [false, proven ? 'check.missingFile' : 'check.missingCode', {}, counts];
}

/** A page that looks for receipts. `status` is what the closing mail's link says about the person, when it was that link. */
export function showCheckPage(wave: Wave, status: { readonly answered: boolean } | undefined, back: (() => void) | undefined): void {
  let typed = '';
  let problem: Problem | undefined;
  let result: Result | undefined;
  let file: File | undefined;

  const submit = async (): Promise<void> => {
    const input = document.getElementById('receipt-file');
    file = input instanceof HTMLInputElement ? input.files?.[0] : undefined;
    const what = await wanted(wave, file, typed);
    problem = typeof what === 'string' ? what : undefined;
    result = undefined;
    if (typeof what !== 'string') {
      try {
        result = await look(wave, what);
      } catch (error) {
        if (error instanceof WrongBoard) return show(changedKeys('board'));
        result = [undefined, 'check.unreachable'];
      }
    }
    show(page);
  };

  const checkForm = (): HTMLElement[] => [
    el('p', {}, t('check.intro')),
    form(
      { class: 'field-form' },
      () => void submit(),
      el(
        'div',
        { class: problem && problem !== 'code' ? 'field wrong' : 'field' },
        el('label', { for: 'receipt-file' }, t('check.file')),
        el('input', { id: 'receipt-file', type: 'file', accept: '.json,application/json' }),
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
          },
        }),
      ),
      el('button', { id: 'check', type: 'submit', class: 'button primary' }, t('check.submit')),
    ),
  ];

  const resultBox = ([good, key, values, counts]: Result): HTMLElement =>
    el(
      'div',
      { id: 'check-result', class: good === undefined ? 'inset' : good ? 'result good' : 'result bad', role: 'status', tabindex: -1 },
      el('p', {}, t(key, values)),
      counts && el('p', { class: 'hint' }, t('check.counts', counts)),
      good === false && el('p', {}, t('common.tellWhom')),
    );

  const page = (): Page => ({
    name: status === undefined ? 'check' : 'status',
    title: t(status === undefined ? 'check.title' : 'status.title'),
    ...(problem ? { focus: 'error-summary' } : result ? { focus: 'check-result' } : {}),
    above: back && button('back', 'quiet', `‹ ${t('common.back')}`, back),
    body: [
      problem && errorSummary(t('check.error.title'), t(`check.error.${problem}`), problem === 'code' ? 'short-code' : 'receipt-file'),
      status && el('p', { id: 'status', class: 'lead' }, el('strong', {}, t(status.answered ? 'status.answered' : 'status.notAnswered'))),
      status && el('p', {}, t(status.answered ? 'status.answeredBody' : 'status.notAnsweredBody')),
      status && el('p', {}, t('status.wrong'), ' ', t('common.tellWhom')),
      status && el('h2', {}, t('check.title')),
      result && resultBox(result),
      ...checkForm(),
      el('p', { class: 'hint' }, t('check.words')),
      wordList(checkWords(wave.h, WAVE_WORDS)),
    ],
  });
  show(page);
}
