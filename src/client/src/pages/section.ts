// One page of statements: a fieldset with a legend per statement, every answer in words, nothing chosen beforehand.
import { type Answers, type Placed, answerOfKey, answerTexts } from '../answers.ts';
import { type Answer, BLANK, CANNOT_SAY } from '../ballot.ts';
import { button, el, form } from '../dom.ts';
import type { Scale } from '../instrument.ts';
import { type Page, refresh, say, t } from '../ui.ts';

/** About how many statements people answer in a minute. */
const PER_MINUTE = 6;

/** Whether a digit leads on to the next statement. A reload forgets that somebody does not want it. */
let movesOn = true;

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

/** How many statements a questionnaire has and how long they take, for the sentences that say so. */
export function length(statements: number): { readonly statements: number; readonly minutes: number } {
  return { statements, minutes: Math.ceil(statements / PER_MINUTE) };
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

/** A statement as it stands on the page. */
interface Asked {
  readonly index: number;
  readonly fieldset: HTMLFieldSetElement;
  readonly inputs: readonly HTMLInputElement[];
  /** Takes its answer back. */
  blank(): void;
}

function statement({ item, index }: Placed, answers: Answers, leader: string): Asked {
  const chosen = answers.of(index);
  const inputs: HTMLInputElement[] = [];
  const blank = (): void => {
    answers.answer(index, BLANK);
    for (const input of inputs) input.checked = false;
    clear.hidden = true;
  };
  const clear = el('button', {
    id: `${statementId(index)}-clear`,
    type: 'button',
    class: 'button quiet clear',
    hidden: chosen === BLANK,
    'aria-label': t('section.clear'),
    onclick: () => {
      inputs[0]?.focus();
      blank();
    },
  }, t('section.clearShort'));
  const option = (answer: Answer): HTMLElement => {
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
    inputs.push(input);
    const texts = answerTexts(item, answer);
    return el('label', { class: answer === CANNOT_SAY ? 'option apart' : 'option' }, input, texts && say(texts));
  };
  const points = Array.from({ length: item.scale.points }, (_, i) => option(i + 1));
  const fieldset = el(
    'fieldset',
    { id: statementId(index), class: 'statement', 'data-item': item.id, 'aria-describedby': item.aboutLeader && `${statementId(index)}-leader` },
    el('legend', {}, el('span', { class: 'number' }, `${index + 1}`), say(item.text)),
    item.aboutLeader && el('p', { id: `${statementId(index)}-leader`, class: 'hint' }, leader),
    el('div', { class: 'options' }, points, el('div', { class: 'end' }, option(CANNOT_SAY), clear)),
  );
  return { index, fieldset, inputs, blank };
}

/** Leads the focus to a statement, so that all of it is seen. */
function lead({ fieldset, inputs }: Asked): void {
  (inputs.find((input) => input.checked) ?? inputs[0])?.focus();
  fieldset.scrollIntoView({ block: 'nearest' });
}

/** A digit answers the statement that has the focus and leads on to the next; Backspace and Delete take the answer back. */
function keys(asked: readonly Asked[], answers: Answers, told: HTMLElement, changed: number | undefined): (event: KeyboardEvent) => void {
  const tell = ({ index }: Asked, answer: Answer): void => {
    const item = answers.instrument.items[index];
    const texts = item && answerTexts(item, answer);
    told.replaceChildren(`${t('section.told', { n: index + 1 })} `, texts ? say(texts) : t('review.blank'));
  };
  return (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || !(target instanceof Element)) return;
    const at = asked.findIndex(({ fieldset }) => fieldset.contains(target));
    const one = asked[at];
    if (one === undefined) return;
    if (key === 'Backspace' || key === 'Delete') {
      event.preventDefault();
      if (answers.of(one.index) === BLANK) return;
      if (!(target instanceof HTMLInputElement)) lead(one);
      one.blank();
      tell(one, BLANK);
      return;
    }
    const answer = answerOfKey(key, one.inputs.length - 1);
    const input = one.inputs.find((candidate) => Number(candidate.value) === answer);
    if (input === undefined) return;
    event.preventDefault();
    // A key held down answers one statement, not all that follow.
    if (event.repeat) return;
    input.focus();
    input.click();
    if (!movesOn) return;
    tell(one, Number(input.value));
    const next = one.index === changed ? undefined : asked[at + 1];
    if (next) lead(next);
    else document.getElementById('next')?.focus();
  };
}

/** What the keyboard can do here, in words. */
function keyHint(points: number): HTMLElement {
  return el('p', { class: 'hint keys' }, t('section.keys', { points }), ' ', movesOn && t('section.keysOn'));
}

/** The way to stay with a statement after a digit. It stands below the statements: before them it would be one more stop on every page. */
function keySwitch(): HTMLElement {
  const onchange = (): void => {
    movesOn = !movesOn;
    refresh();
  };
  return el('p', { class: 'keys' }, el('label', { class: 'switch' }, el('input', { id: 'moves-on', type: 'checkbox', checked: movesOn, onchange }), t('section.moveOn')));
}

/** The page for section `n`, from 0. `leader` says whom "my leader" means. */
export function sectionPage(answers: Answers, n: number, ways: SectionWays & { readonly leader: string }): Page {
  const placed = answers.sections[n] ?? [];
  const of = answers.sections.length;
  const last = n === answers.pages - 1;
  const told = el('p', { class: 'unseen', role: 'status' });
  const asked = placed.map((one) => statement(one, answers, ways.leader));
  let scale: Scale | undefined;
  const statements = placed.flatMap((one, i) => {
    const leadIn = one.item.scale !== scale && [...one.item.scale.leadIn.values()].some((text) => text !== '');
    scale = one.item.scale;
    return [leadIn && el('p', { class: 'lead-in' }, say(scale.leadIn)), asked[i]?.fieldset];
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
      n === 0 && el('p', { id: 'length', class: 'until' }, t('section.length', length(answers.instrument.items.length))),
      keyHint(points),
      form(
        { onkeydown: keys(asked, answers, told, ways.focus) },
        ways.changing || last ? ways.review : ways.next,
        statements,
        onward(last, ways),
      ),
      told,
      keySwitch(),
      el('p', { class: 'leave' }, button('leave', 'quiet', t('section.leave'), ways.leave)),
    ],
  };
}
