// The answers of one person while they are being given: nothing of this leaves the browser in the clear.
import { type Answer, BLANK, CANNOT_SAY, type Comments, type Level, comment } from './ballot.ts';
import { type Draft, loadDraft, saveDraft } from './draft.ts';
import type { Instrument, Item } from './instrument.ts';

/** How many statements stand on one page, and how many may where that spares a page of hardly any. */
const PER_SECTION = 5;
const MOST_PER_SECTION = 6;
const FEW = 4;

/** How many statements stand on each page: the fewest pages of four to six, as even as can be. Seven, and fewer than four, cannot be cut that way. */
export function sectionSizes(statements: number): number[] {
  const comfortable = Math.ceil(statements / PER_SECTION);
  const pages = Math.floor(statements / comfortable) < FEW ? Math.ceil(statements / MOST_PER_SECTION) : comfortable;
  const [least, larger] = [Math.floor(statements / pages), statements % pages];
  return Array.from({ length: pages }, (_, i) => (i < larger ? least + 1 : least));
}

/** A statement with its place in the questionnaire. */
export interface Placed {
  readonly item: Item;
  readonly index: number;
}

export class Answers {
  private answers: Answer[];
  private texts: string[];
  private chosenLevel: Level = 0;
  private openSection = -1;
  readonly sections: readonly (readonly Placed[])[];
  /** Whether answers of an earlier load of this tab were found. */
  readonly kept: boolean;

  constructor(readonly instrument: Instrument, private readonly id: string) {
    const placed = instrument.items.map((item, index): Placed => ({ item, index }));
    let from = 0;
    this.sections = sectionSizes(placed.length).map((size) => placed.slice(from, (from += size)));
    const draft: Draft | undefined = loadDraft(id, this.points(), instrument.questions.length);
    this.answers = draft ? [...draft.answers] : placed.map(() => BLANK);
    this.texts = draft ? [...draft.comments] : instrument.questions.map(() => '');
    this.kept = this.begun;
    if (draft) {
      this.chosenLevel = draft.level;
      this.openSection = Math.min(draft.section, this.pages - 1);
    }
  }

  /** How many pages there are between promise and overview: those of statements, and one of open questions if there are any. */
  get pages(): number {
    return this.sections.length + (this.instrument.questions.length > 0 ? 1 : 0);
  }

  /** How many points each statement's scale has. */
  points(): number[] {
    return this.instrument.items.map((item) => item.scale.points);
  }

  all(): readonly Answer[] {
    return this.answers;
  }

  of(index: number): Answer {
    return this.answers[index] ?? BLANK;
  }

  answer(index: number, answer: Answer): void {
    this.answers[index] = answer;
    this.save();
  }

  /** What stands in the field of an open question, as it was typed. */
  written(question: number): string {
    return this.texts[question] ?? '';
  }

  write(question: number, text: string): void {
    this.texts[question] = text;
    this.save();
  }

  /** What would be sent, one comment per open question. */
  comments(): Comments {
    const longest = this.instrument.questions.map((question) => question.longest);
    return { texts: longest.map((most, question) => comment(this.written(question), most)), longest };
  }

  /** Whether anything was entered. */
  get begun(): boolean {
    return this.answered > 0 || this.texts.some((text) => text.trim() !== '');
  }

  /** How many statements have an answer; "cannot say" is one. */
  get answered(): number {
    return this.answers.filter((answer) => answer !== BLANK).length;
  }

  get level(): Level {
    return this.chosenLevel;
  }

  set level(level: Level) {
    this.chosenLevel = level;
    this.save();
  }

  /** The page that was open last; -1 before the first. */
  get section(): number {
    return this.openSection;
  }

  set section(section: number) {
    this.openSection = section;
    this.save();
  }

  /** The page of a statement, or of the open question that counts on behind the statements. */
  sectionOf(index: number): number {
    const section = this.sections.findIndex((placed) => placed.some((one) => one.index === index));
    return section < 0 ? this.sections.length : section;
  }

  private save(): void {
    saveDraft(this.id, { answers: this.answers, comments: this.texts, level: this.chosenLevel, section: this.openSection });
  }
}

/** The answer that a digit key stands for: 1 to L from the lowest, 0 for "cannot say"; `undefined` for any other key. */
export function answerOfKey(key: string, points: number): Answer | undefined {
  if (key === '0') return CANNOT_SAY;
  return /^[1-9]$/.test(key) && Number(key) <= points ? Number(key) : undefined;
}

/** The words for an answer, per language; `undefined` for a blank one. */
export function answerTexts(item: Item, answer: Answer): ReadonlyMap<string, string> | undefined {
  if (answer === BLANK) return undefined;
  if (answer === CANNOT_SAY) return item.scale.optOut;
  return new Map([...item.scale.labels].map(([language, labels]) => [language, labels[answer - 1] ?? '']));
}
