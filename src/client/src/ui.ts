// The frame around every page: header, language switch, title, focus. Holds which page is shown and in which language.
import { type Child, el } from './dom.ts';
import type { Texts } from './instrument.ts';
import { fetchWords } from './speech.ts';
import { Altered } from './wave.ts';
import { SPOKEN, type Key, type Values, knows, ownName, preferred, spokenFor, textIn, words } from './words.ts';

/** One page as it stands in one language. */
export interface Page {
  /** Stable name, on `<main data-page>`. */
  readonly name: string;
  readonly title: string;
  readonly body: readonly Child[];
  /** What stands above the title, such as the way back. */
  readonly above?: Child;
  /** Whether the page warns of something that is really wrong. */
  readonly alarm?: boolean;
  /** A wide page holds answer scales. */
  readonly wide?: boolean;
  /** Where the focus goes instead of the title. */
  readonly focus?: string;
}

/** The page comes with the languages of its round, so that the right words can be fetched before the round is known. */
let languages: readonly string[] = document.documentElement.dataset['languages']?.split(' ') ?? SPOKEN;
/** The device's own language, among those. */
const FIRST = preferred(languages, navigator.languages);
let language = FIRST;
/** A language that was chosen and could not be fetched. */
let unheard: string | undefined;
/** The language that was chosen last, whether its words are here or not. */
let latest: string | undefined;
let refuse: ((error: Altered) => void) | undefined;
let chosen = false;
let brand = 'Candor';
let current: (() => Page) | undefined;
let aside: (() => Child) | undefined;
let strip: ((page: string) => Child) | undefined;
/** The name of the page that is shown, and whether it is the last one of this document. */
let name = '';
let ended = false;

addEventListener('keydown', noteKeyboard);

/** The language of the questionnaire that is shown. */
export function shownLanguage(): string {
  return language;
}

/** The language of the page's own words. */
export function ownLanguage(): string {
  return spokenFor(language);
}

/** The page's own words in the language shown. */
export function t(key: Key, values?: Values): string {
  return words(language, key, values);
}

/** A text of the questionnaire, marked with its language where it differs from the page's. */
export function say(texts: Texts): HTMLElement {
  const { text, language: spoken } = textIn(texts, language);
  return el('span', { lang: spoken !== ownLanguage() && spoken }, text);
}

/** From now on these languages are offered, and the organisation's name stands in the header. */
export function belongTo(organisation: string, offered: readonly string[]): void {
  brand = organisation;
  languages = offered.length > 0 ? offered : SPOKEN;
  if (!chosen || !languages.includes(language)) language = preferred(languages, navigator.languages);
}

/** From now on this is done when the words of a language that was chosen are not the announced ones. */
export function onAlteredWords(show: (error: Altered) => void): void {
  refuse = show;
}

/** Shows the page in another language once its words are here; until then, and when they cannot be had, it stays as it is. */
async function choose(code: string): Promise<void> {
  latest = code;
  try {
    await fetchWords(code);
    if (latest !== code) return;
    [language, chosen, unheard] = [code, true, undefined];
  } catch (error) {
    if (error instanceof Altered) return refuse?.(error);
    if (latest !== code) return;
    unheard = code;
  }
  refresh();
  // Whoever has gone on in the meantime is not called back; some browsers do not focus what is clicked.
  if (document.activeElement === document.body) document.getElementById(`language-${code}`)?.focus();
}

function languageSwitch(): HTMLElement {
  return el(
    'nav',
    { class: 'languages', 'aria-label': t('language.choose') },
    languages.map((code) =>
      el('button', { id: `language-${code}`, type: 'button', lang: code, 'aria-pressed': code === language ? 'true' : 'false', onclick: () => void choose(code) }, ownName(code)),
    ),
  );
}

/** Notes that a keyboard is used, so that the page says what it can do. What is typed into a field may come from a phone's own keys. */
function noteKeyboard({ key, target }: KeyboardEvent): void {
  const typing = target instanceof Element && target.matches('input[type=text], textarea');
  if (key === 'Tab' || !typing) document.documentElement.dataset.keyboard = '';
}

function render(): Page | undefined {
  if (current === undefined) return undefined;
  const page = current();
  name = page.name;
  document.documentElement.lang = ownLanguage();
  document.title = `${page.title} – ${brand}`;
  const header = el(
    'header',
    { class: 'top' },
    el('a', { class: 'skip', href: '#title', onclick: skip }, t('page.skip')),
    el('p', { class: 'brand' }, brand),
    languages.length > 1 && languageSwitch(),
    unheard !== undefined && el('p', { id: 'language-missing', class: 'missing', role: 'status' }, t('language.missing', { language: ownName(unheard) })),
  );
  const main = el(
    'main',
    { id: 'main', class: page.alarm ? 'alarm' : page.wide ? 'wide' : '', 'data-page': page.name },
    aside?.(),
    page.above,
    el('h1', { id: 'title', tabindex: -1 }, page.title),
    [...page.body],
  );
  const between = strip?.(name);
  document.getElementById('page')?.replaceChildren(header, ...(between ? [between] : []), main, el('footer', { class: 'bottom' }, el('p', {}, t('page.footer'))));
  return page;
}

function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('title')?.focus();
}

/** Shows a page and leads the focus to its title. `make` is called again when the language changes. */
export function show(make: () => Page): void {
  if (ended) return;
  current = make;
  unheard = undefined;
  const page = render();
  window.scrollTo(0, 0);
  const target = page?.focus === undefined ? null : document.getElementById(page.focus);
  (target ?? document.getElementById('title'))?.focus({ preventScroll: target === null });
}

/** Lets the page that is shown say something else. Whoever reads it, or is about to press something on it, stays there. */
export function update(make: () => Page): void {
  if (ended) return;
  current = make;
  refresh();
}

/** The name of the page that is shown. */
export function pageShown(): string {
  return name;
}

/** Puts what `make` gives for the name of a page between the header and every such page. */
export function setStrip(make: (page: string) => Child): void {
  strip = make;
}

/** Shows a page of this document after which no other follows, as the device's own language and no organisation have it. */
export function showLast(make: () => Page): void {
  brand = 'Candor';
  languages = [];
  language = knows(spokenFor(FIRST)) ? FIRST : language;
  strip = undefined;
  aside = undefined;
  ended = false;
  show(make);
  ended = true;
}

/** Takes everything off the screen; nothing but a last page can follow. */
export function wipe(): void {
  ended = true;
  document.title = 'Candor';
  document.getElementById('page')?.replaceChildren();
}

/** Puts a word above the title of this page and of those that follow, until it is taken away with `undefined`. */
export function setAside(make: (() => Child) | undefined): void {
  aside = make;
  refresh();
}

/** Shows the current page anew without moving focus or scroll position further than needed. */
export function refresh(): void {
  if (ended) return;
  const focused = document.activeElement?.id;
  render();
  if (focused) (document.getElementById(focused) ?? document.getElementById('title'))?.focus({ preventScroll: true });
}
