// The questionnaire as served: statements and answer scales in several languages.
import { ROOM } from './ballot.ts';
import { fromUtf8 } from './bytes.ts';
import { Malformed, Value } from './json.ts';

/** Most points of a scale, as for templates. */
const MOST_POINTS = 11;

/** A text per language code. */
export type Texts = ReadonlyMap<string, string>;

export interface Scale {
  /** Labels from the lowest to the highest point, per language. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  /** The answer that counts as missing. */
  readonly optOut: Texts;
  /** A line above statements of this scale. */
  readonly leadIn: Texts;
  /** The number of points L. */
  readonly points: number;
}

export interface Item {
  readonly id: string;
  readonly text: Texts;
  readonly scale: Scale;
  readonly aboutLeader: boolean;
}

/** A question that is answered in a person's own words. */
export interface Question {
  readonly id: string;
  readonly text: Texts;
  /** Most characters of a comment. */
  readonly longest: number;
}

export interface Instrument {
  readonly title: Texts;
  /** In the order of asking, which is the order in the sealed answers. */
  readonly items: readonly Item[];
  /** Open questions behind the statements, in the order of asking; none where no comments are asked. */
  readonly questions: readonly Question[];
  /** The languages in which people are addressed informally. */
  readonly informal: readonly string[];
}

/** A text per language code, as it stands there. */
export function texts(value: Value): Texts {
  return new Map(value.entries().map(([language, text]) => [language, text.text()]));
}

function scale(value: Value): Scale {
  const labels = new Map(value.field('labels').entries().map(([language, list]) => [language, list.list().map((label) => label.text())]));
  const counts = new Set([...labels.values()].map((list) => list.length));
  const [points] = counts;
  if (counts.size !== 1 || points === undefined || points < 2 || points > MOST_POINTS) throw new Malformed(value.where, `as many labels in every language, from 2 to ${MOST_POINTS}`);
  return { labels, optOut: texts(value.field('opt_out')), leadIn: texts(value.field('lead_in')), points };
}

function question(value: Value): Question {
  return { id: value.field('id').text(), text: texts(value.field('text')), longest: value.field('longest').whole(1) };
}

/** Reads the bytes as served; every item must have a scale, and the longest comments must fit into the sealed answers. */
export function readInstrument(bytes: Uint8Array): Instrument {
  const json = Value.parse(fromUtf8(bytes), 'instrument');
  const scales = new Map(json.field('scales').entries().map(([name, value]) => [name, scale(value)]));
  const items = json.field('items').list().map((item): Item => {
    const name = item.field('scale').text();
    const found = scales.get(name);
    if (found === undefined) throw new Malformed(item.where, `a scale named ${name}`);
    return { id: item.field('id').text(), text: texts(item.field('text')), scale: found, aboutLeader: item.field('about_leader').flag() };
  });
  if (items.length === 0) throw new Malformed('instrument.items', 'at least one statement');
  const asked = json.field('comments');
  const questions = asked.raw === undefined ? [] : asked.list().map(question);
  if (items.length + questions.reduce((bytes, { longest }) => bytes + 2 + 4 * longest, 0) > ROOM) throw new Malformed(asked.where, 'shorter comments');
  const informal = json.field('informal');
  return { title: texts(json.field('title')), items, questions, informal: informal.raw === undefined ? [] : informal.list().map((language) => language.text()) };
}
