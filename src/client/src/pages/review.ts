// The overview before Send: every answer and comment with a way to change it, and where the answers shall count.
import { type Answers, answerTexts } from '../answers.ts';
import type { Level } from '../ballot.ts';
import { button, el, errorSummary, form } from '../dom.ts';
import type { Group } from '../group.ts';
import { type Page, say, t } from '../ui.ts';
import type { Wave } from '../wave.ts';
import { byTrustee, unitOf } from './promise.ts';

export interface ReviewWays {
  back(): void;
  change(index: number): void;
  send(): void;
  leave(): void;
  /** To the whole promise. */
  more(): void;
  /** Whether Send was pressed without an answer. */
  readonly empty: boolean;
}

/** Where the answers count as long as this is chosen. */
function counting(wave: Wave, group: Group, level: Level): string {
  const { organisation, k } = wave.manifest;
  if (level === 0) return t('review.counts.group', { group: group.label, unit: unitOf(group, organisation), k });
  return t('review.counts.above', { place: level === 1 ? unitOf(group, organisation) : organisation, k });
}

/** The choice of where the answers count; `chosen` is told every other choice. */
function levels(wave: Wave, group: Group, answers: Answers, chosen: (level: Level) => void): HTMLElement {
  const { organisation } = wave.manifest;
  const unit = group.unit.at(-1);
  const option = (level: Level, label: string): HTMLElement => {
    const onchange = (): void => {
      answers.level = level;
      chosen(level);
    };
    const input = el('input', { id: `level-${level}`, type: 'radio', name: 'level', value: level, checked: answers.level === level, onchange });
    return el('label', { class: 'option' }, input, el('span', {}, label));
  };
  return el(
    'fieldset',
    { id: 'level', class: 'level', 'aria-describedby': 'level-hint' },
    el('legend', {}, t('review.level.legend')),
    el('p', { id: 'level-hint', class: 'hint' }, t('review.level.hint')),
    el(
      'div',
      { class: 'options' },
      option(0, t('review.level.group', { group: group.label })),
      unit !== undefined && option(1, t('review.level.unit', { unit })),
      option(2, t('review.level.organisation', { organisation })),
    ),
  );
}

export function reviewPage(wave: Wave, group: Group, answers: Answers, ways: ReviewWays): Page {
  const rows = wave.instrument.items.map((item, index) => {
    const texts = answerTexts(item, answers.of(index));
    return el(
      'div',
      { class: texts ? 'row' : 'row blank' },
      el('dt', {}, el('span', { class: 'number' }, `${index + 1}`), say(item.text)),
      el('dd', {}, texts ? say(texts) : t('review.blank')),
      el('dd', { class: 'change' }, el('button', {
        id: `change-${index + 1}`,
        type: 'button',
        class: 'button quiet',
        'aria-label': t('review.changeOf', { n: index + 1 }),
        onclick: () => ways.change(index),
      }, t('review.change'))),
    );
  });
  const comments = wave.instrument.questions.map((question, i) => {
    const { texts } = answers.comments();
    const index = wave.instrument.items.length + i;
    return el(
      'div',
      { class: texts[i] ? 'row written' : 'row blank' },
      el('dt', {}, el('span', { class: 'number' }, `${index + 1}`), say(question.text)),
      el('dd', { dir: texts[i] ? 'auto' : false }, texts[i] || t('review.blank')),
      el('dd', { class: 'change' }, el('button', {
        id: `change-${index + 1}`,
        type: 'button',
        class: 'button quiet',
        'aria-label': t('review.changeComment', { n: index + 1 }),
        onclick: () => ways.change(index),
      }, t('review.change'))),
    );
  });
  const toSend = (): void => {
    document.getElementById('level')?.scrollIntoView({ block: 'start' });
    document.getElementById(`level-${answers.level}`)?.focus({ preventScroll: true });
  };
  const counted = el('span', { id: 'counted' }, counting(wave, group, answers.level));
  const recount = (level: Level): void => {
    counted.textContent = counting(wave, group, level);
  };
  return {
    name: 'review',
    title: t('review.title'),
    ...(ways.empty && { focus: 'error-summary' }),
    above: button('back', 'quiet', `‹ ${t('common.back')}`, ways.back),
    body: [
      ways.empty && errorSummary(t('review.error.title'), t('review.error.body'), 'change-1'),
      el('p', { id: 'answered' }, t('review.answered', { n: answers.answered, of: wave.instrument.items.length })),
      // Twenty answers are twenty ways to change one, and a long way down with a finger, too.
      el('p', {}, button('to-send', 'quiet', t('review.toSend'), toSend)),
      el('dl', { class: 'answers' }, rows, comments),
      form(
        {},
        ways.send,
        levels(wave, group, answers, recount),
        el(
          'div',
          { id: 'promise-line', class: 'inset' },
          el('p', {}, counted, ' ', byTrustee(wave.manifest, 'review.seal', 'review.sealTrustee')),
          el('p', {}, t('review.once')),
        ),
        el('div', { class: 'ways' }, el('button', { id: 'send', type: 'submit', class: 'button primary' }, t('review.send')), button('more', 'quiet', t('promise.more'), ways.more)),
      ),
      el('p', { class: 'leave' }, button('leave', 'quiet', t('section.leave'), ways.leave)),
    ],
  };
}
