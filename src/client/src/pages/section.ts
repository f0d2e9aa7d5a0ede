// One page of statements: a fieldset with a legend per statement, every answer in words, nothing chosen beforehand.
import { type Answers, type Placed, answerOfKey, answerTexts } from '../answers.ts';
import { BLANK, CANNOT_SAY } from '../ballot.ts';
import { button, el, form } from '../dom.ts';
import type { Scale } from '../instrument.ts';
import { type Page, refresh, say, t } from '../ui.ts';

/** Where the buttons of a section lead. */
export interface SectionWays {
  back(): void;
  next(): void;
  review(): void;
  leave(): void;
  /** Whether the person came from the overview to change something. */
  readonly changing: boolean;
  /** The statement, or the open question behind the statements, to lead the focus to. */
  readonly focus: number | undefined;
}

/** What stands on every page between promise and overview: how far one is, and the ways on. */
export function progress(answers: Answers, n: number): HTMLElement {
  const pages = Array.from({ length: answers.pages }, (_, i) => el('span', { class: i <= n ? 'done' : '' }));
  return el('div', { class: 'progress', 'aria-hidden': 'true' }, pages);
}

/** The buttons below a page's questions. */
export function onward(last: boolean, ways: SectionWays): HTMLElement {
  return el(
    'div',
    { class: 'ways' },
    el('button', { id: 'next', type: 'submit', class: 'button primary' }, t(ways.changing ? 'section.toReview' : last ? 'section.review' : 'section.next')),
    !last && !ways.changing && button('early', 'quiet', t('section.early'), ways.review),
  );
}

export function statementId(index: number): string {
  return `statement-${index + 1}`;
}

function inputId(index: number, answer: number): string {
  return `${statementId(index)}-${answer === CANNOT_SAY ? 0 : answer}`;
}

function statement({ item, index }: Placed, answers: Answers, leader: string): HTMLElement {
  const chosen = answers.of(index);
  const clear = el('button', {
    id: `${statementId(index)}-clear`,
    type: 'button',
    class: 'button quiet clear',
    hidden: chosen === BLANK,
    onclick: () => {
      answers.answer(index, BLANK);
      refresh();
      document.getElementById(inputId(index, 1))?.focus();
    },
  }, t('section.clear'));
  const option = (answer: number): HTMLElement => {
    const input = el('input', {
      id: inputId(index, answer),
      type: 'radio',
      name: statementId(index),
      value: answer,
      checked: chosen === answer,
      onchange: () => {
        answers.answer(index, answer);
        clear.hidden = false;
      },
    });
    const texts = answerTexts(item, answer);
    return el('label', { class: answer === CANNOT_SAY ? 'option apart' : 'option' }, input, texts && say(texts));
  };
  const points = Array.from({ length: item.scale.points }, (_, i) => option(i + 1));
  return el(
    'fieldset',
    { id: statementId(index), class: 'statement', 'data-item': item.id, 'aria-describedby': item.aboutLeader && `${statementId(index)}-leader` },
    el('legend', {}, el('span', { class: 'number' }, `${index + 1}`), say(item.text)),
    item.aboutLeader && el('p', { id: `${statementId(index)}-leader`, class: 'hint' }, leader),
    el('div', { class: 'options' }, points, option(CANNOT_SAY)),
    clear,
  );
}

/** A digit answers the statement that has the focus. */
function onkeydown(event: KeyboardEvent): void {
  if (event.ctrlKey || event.altKey || event.metaKey || !(event.target instanceof Element)) return;
  const fieldset = event.target.closest('fieldset.statement');
  const inputs = fieldset === null ? [] : [...fieldset.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  const answer = answerOfKey(event.key, inputs.length - 1);
  const input = inputs.find((candidate) => Number(candidate.value) === answer);
  if (input === undefined) return;
  event.preventDefault();
  input.focus();
  input.click();
}

/** The page for section `n`, from 0. `leader` says whom "my leader" means. */
export function sectionPage(answers: Answers, n: number, ways: SectionWays & { readonly leader: string }): Page {
  const placed = answers.sections[n] ?? [];
  const of = answers.pages;
  const last = n === of - 1;
  let scale: Scale | undefined;
  const statements = placed.flatMap((one) => {
    const leadIn = one.item.scale !== scale && [...one.item.scale.leadIn.values()].some((text) => text !== '');
    scale = one.item.scale;
    return [leadIn && el('p', { class: 'lead-in' }, say(scale.leadIn)), statement(one, answers, ways.leader)];
  });
  // There are nine digits; a scale with more points is answered with them as far as they go.
  const points = Math.min(9, Math.max(0, ...placed.map(({ item }) => item.scale.points)));
  return {
    name: 'section',
    title: t('section.title', { n: n + 1, of }),
    wide: true,
    ...(ways.focus !== undefined && { focus: inputId(ways.focus, Math.max(1, answers.of(ways.focus))) }),
    above: button('back', 'quiet', `‹ ${t('common.back')}`, ways.back),
    body: [
      progress(answers, n),
      el('p', { class: 'hint keys' }, t('section.keys', { points })),
      form(
        { onkeydown },
        ways.changing || last ? ways.review : ways.next,
        statements,
        onward(last, ways),
      ),
      el('p', { class: 'leave' }, button('leave', 'quiet', t('section.leave'), ways.leave)),
    ],
  };
}
