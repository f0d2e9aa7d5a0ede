// The page of open questions: a field each, how much room is left, and a quiet word when a text seems to name somebody.
import type { Answers } from '../answers.ts';
import { type Child, button, el, form } from '../dom.ts';
import type { Question } from '../instrument.ts';
import type { CommentRule, Contact } from '../manifest.ts';
import { spotted } from '../spotting.ts';
import { type Page, say, t } from '../ui.ts';
import { contactList } from './contacts.ts';
import { type SectionWays, onward } from './section.ts';

function fieldId(question: number): string {
  return `comment-${question + 1}`;
}

function field(question: Question, i: number, answers: Answers): HTMLElement {
  const id = fieldId(i);
  const left = el('p', { id: `${id}-left`, class: 'hint' });
  const notice = el('p', { id: `${id}-notice`, class: 'notice', role: 'status' });
  const input = el('textarea', { id, rows: 5, autocomplete: 'off', maxlength: question.longest, 'aria-describedby': `comments-shown ${id}-left` });
  input.value = answers.written(i);
  const look = (): void => {
    left.textContent = t('comments.left', { n: question.longest - input.value.length });
    const found = spotted(input.value);
    // Only what changes is written, or a screen reader would say it again with every key.
    const told = found === undefined ? '' : t(`comments.notice.${found}`);
    if (notice.textContent !== told) notice.textContent = told;
  };
  input.addEventListener('input', () => {
    answers.write(i, input.value);
    look();
  });
  look();
  const number = answers.instrument.items.length + i + 1;
  return el('div', { class: 'field comment' }, el('label', { for: id }, el('span', { class: 'number' }, `${number}`), say(question.text)), input, left, notice);
}

/** Whom to turn to instead. */
function instead(contacts: readonly Contact[]): Child[] {
  return contacts.length === 0 ? [] : [el('p', { id: 'contacts-when' }, t('comments.contacts')), contactList(contacts)];
}

/** The page of open questions, behind the statements. */
export function commentsPage(answers: Answers, rule: CommentRule, contacts: readonly Contact[], ways: SectionWays): Page {
  const { questions, items } = answers.instrument;
  return {
    name: 'comments',
    title: t('comments.title', { n: questions.length }),
    ...(ways.focus !== undefined && { focus: fieldId(ways.focus - items.length) }),
    above: button('back', 'quiet', `‹ ${t('common.back')}`, ways.back),
    body: [
      el('p', {}, t('comments.intro')),
      el('p', { id: 'comments-shown', class: 'inset' }, t('comments.style'), ' ', t('comments.shown', { ...rule })),
      ...instead(contacts),
      form({}, ways.review, questions.map((question, i) => field(question, i, answers)), onward(true, ways)),
      el('p', { class: 'leave' }, button('leave', 'quiet', t('section.leave'), ways.leave)),
    ],
  };
}
