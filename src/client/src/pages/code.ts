// The way in without a whole link: a typed code, then the check words, because a code does not say which round it belongs to.
import { checkWords, WAVE_WORDS } from '../checkwords.ts';
import type { CodeProblem } from '../code.ts';
import { readCode } from '../code.ts';
import { button, el, errorSummary, form } from '../dom.ts';
import { isShared, switchShared } from '../kiosk.ts';
import { type Link, readLink, waveIn } from '../link.ts';
import { show, t } from '../ui.ts';

/** Says that others use the device, too. */
function sharedSwitch(): HTMLElement {
  const change = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) switchShared(event.target.checked);
  };
  return el(
    'div',
    { class: 'shared-switch' },
    el('label', { class: 'switch' }, el('input', { id: 'shared-device', type: 'checkbox', autocomplete: 'off', checked: isShared(), 'aria-describedby': 'shared-hint', onchange: change }), t('shared.switch')),
    el('p', { id: 'shared-hint', class: 'hint' }, t('shared.hint')),
  );
}

/** Asks for the code. A whole link in the field is understood, too. */
export function showCodePage(waveId: string, damaged: boolean, open: (link: Link) => void, checkReceipt: () => void): void {
  let typed = '';
  let problem: CodeProblem | 'round' | undefined;
  const page = () => ({
    name: 'code',
    title: t('code.title'),
    ...(problem && { focus: 'error-summary' }),
    body: [
      problem && errorSummary(t('code.error.title'), t(`code.error.${problem}`), 'code'),
      el('p', { class: damaged ? 'inset' : '' }, t(damaged ? 'code.damaged' : 'code.intro')),
      form(
        { class: 'field-form' },
        submit,
        el(
          'div',
          { class: problem ? 'field wrong' : 'field' },
          el('label', { for: 'code' }, t('code.label')),
          el('p', { id: 'code-hint', class: 'hint' }, t('code.hint')),
          problem && el('p', { id: 'code-error', class: 'error' }, t(`code.error.${problem}`)),
          el('input', {
            id: 'code',
            name: 'code',
            type: 'text',
            class: 'code',
            value: typed,
            autocomplete: 'off',
            autocapitalize: 'characters',
            autocorrect: 'off',
            spellcheck: 'false',
            'aria-describedby': problem ? 'code-hint code-error' : 'code-hint',
            'aria-invalid': problem ? 'true' : false,
            oninput: (event: Event) => {
              if (event.target instanceof HTMLInputElement) typed = event.target.value;
            },
          }),
        ),
        el('button', { id: 'open', type: 'submit', class: 'button primary' }, t('code.submit')),
      ),
      sharedSwitch(),
      el('p', { class: 'aside' }, t('code.receipt'), ' ', button('check-receipt', 'quiet', t('code.receiptLink'), checkReceipt)),
    ],
  });
  const submit = (): void => {
    const link = readLink(typed);
    const secret = readCode(typed);
    if (typeof link !== 'string') {
      if ((waveIn(typed) ?? waveId) === waveId) return open(link);
      problem = 'round';
    } else if (typeof secret !== 'string') {
      return open({ purpose: 'answer', manifest: undefined, secret });
    } else {
      problem = secret;
    }
    show(page);
  };
  show(page);
}

/** A list of check words. */
export function wordList(words: readonly string[]): HTMLElement {
  return el('ol', { class: 'check-words', translate: 'no' }, words.map((word) => el('li', {}, word)));
}

/** Shows the round's words and asks whether they are those of the mail. */
export function showComparePage(h: Uint8Array, same: () => void, different: () => void): void {
  show(() => ({
    name: 'compare',
    title: t('compare.title'),
    body: [
      el('p', {}, t('compare.body')),
      wordList(checkWords(h, WAVE_WORDS)),
      el('p', { class: 'hint' }, t('compare.why')),
      el(
        'p',
        { class: 'ways' },
        button('same', 'primary', t('compare.same'), same),
        button('different', 'secondary', t('compare.different'), different),
      ),
    ],
  }));
}
