// The page's words: the same set in every language, the words of the product and none of its inner ones.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import en from '../words/en.json';
import { SPOKEN, addressInformally, date, learn, listed, ownName, preferred, span, textIn, words } from '../src/words.ts';
import { clientRoot } from './vectors.ts';

/** Every file of words/, as the build finds them: a new language is tested by being there. */
const LANGUAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.fromEntries(
  readdirSync(join(clientRoot, 'words')).map((name) => [name.replace(/\.json$/, ''), JSON.parse(readFileSync(join(clientRoot, 'words', name), 'utf8'))]),
);
for (const [language, catalogue] of Object.entries(LANGUAGES)) learn(language, catalogue);

const placeholders = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)[:}]/g)].map((match) => match[1] ?? ''))].sort();
/** The words of a text that depend on a number: the number's name, and the categories that have a form. */
const plurals = (text: string): { name: string; categories: string[] }[] =>
  [...text.matchAll(/\{(\w+): ([^{}]*)\}/g)].map((match) => ({ name: match[1] ?? '', categories: (match[2] ?? '').split(' | ').map((form) => form.split(' ', 1)[0] ?? '') }));

/** What a language lacks, says beside, fills in otherwise, or leaves without a form for some number. */
function faults(language: string, catalogue: Readonly<Record<string, string>>): string[] {
  const whole = Object.keys(en) as (keyof typeof en)[];
  const needed = [...new Set([...Array(201).keys()].map((n) => new Intl.PluralRules(language).select(n)))].sort();
  return [
    ...whole.filter((key) => !(catalogue[key] ?? '').trim()).map((key) => `${key} is missing`),
    ...Object.keys(catalogue).filter((key) => !(key in en)).map((key) => `${key} is not known to the page`),
    ...whole.flatMap((key) => {
      const [wanted, found] = [placeholders(en[key]), placeholders(catalogue[key] ?? en[key])];
      return wanted.join() === found.join() ? [] : [`${key} fills in ${found.join(', ') || 'nothing'} instead of ${wanted.join(', ') || 'nothing'}`];
    }),
    ...Object.entries(catalogue).flatMap(([key, text]) =>
      plurals(text).flatMap(({ name, categories }) => needed.filter((category) => !categories.includes(category)).map((category) => `${key} has no form "${category}" for ${name}`)),
    ),
  ];
}

test('every language says everything and nothing more, fills the same gaps and has every plural form', () => {
  const found = Object.entries(LANGUAGES).flatMap(([language, catalogue]) => faults(language, catalogue).map((fault) => `words/${language}.json: ${fault}`));
  assert.deepEqual(found, []);
  assert.deepEqual(Object.keys(LANGUAGES).sort(), [...SPOKEN].sort());
});

test('page, mails and questionnaires speak the same languages', () => {
  const source = (path: string): string => join(clientRoot, '../..', path);
  const mails = readdirSync(source('src/app/words')).flatMap((name) => /^mail\.(.+)\.ftl$/.exec(name)?.[1] ?? []).sort();
  assert.deepEqual(mails, Object.keys(LANGUAGES).sort(), 'src/app/words');
  const templates = readdirSync(source('survey_templates')).filter((name) => name.endsWith('.toml'));
  assert.ok(templates.length > 0);
  for (const name of templates) {
    const [, list = ''] = /^languages = \[(.*)\]$/m.exec(readFileSync(source(`survey_templates/${name}`), 'utf8')) ?? [];
    assert.deepEqual(list.split(', ').map((language) => language.replaceAll('"', '')).sort(), Object.keys(LANGUAGES).sort(), `survey_templates/${name}`);
  }
});

test('a language that is begun is told everything that it lacks', () => {
  const begun = { 'common.back': 'Wróć', 'comments.left': 'Jeszcze {n: one znak | other znaku}.', 'section.title': 'Część {n}', 'page.colour': 'czerwony' };
  const told = faults('pl', begun);
  assert.equal(told.filter((fault) => fault.endsWith(' is missing')).length, Object.keys(en).length - 3);
  assert.deepEqual(told.filter((fault) => !fault.endsWith(' is missing')), [
    'page.colour is not known to the page',
    'section.title fills in n instead of n, of',
    'comments.left has no form "few" for n',
    'comments.left has no form "many" for n',
  ]);
});

test('numbers have the form that their language gives them', () => {
  const left = (language: string): string[] => [0, 1, 2].map((n) => words(language, 'comments.left', { n }));
  assert.deepEqual(left('en'), ['Room for 0 more characters.', 'Room for 1 more character.', 'Room for 2 more characters.']);
  assert.deepEqual(left('fr').map((text) => text.split(' ').pop()), ['caractère.', 'caractère.', 'caractères.']);
  assert.deepEqual(left('es').map((text) => text.split(' ').pop()), ['caracteres.', 'carácter.', 'caracteres.']);
  assert.match(words('de', 'promise.length', { statements: 1, minutes: 1 }), /^1 Aussage, etwa 1 Minute\./);
});

test('French and Spanish are set as their printers set them', () => {
  for (const [key, text] of Object.entries(LANGUAGES['fr'] ?? {})) {
    assert.doesNotMatch(text.replace(/\{[^}]*\}/g, ''), /'|[^\u202f][;:!?»](?!\/)|«[^\u202f]/, `words/fr.json: ${key}`);
  }
  for (const [key, text] of Object.entries(LANGUAGES['es'] ?? {})) {
    assert.equal((text.match(/¿/g) ?? []).length, (text.match(/\?/g) ?? []).length, `words/es.json: ${key}`);
    assert.equal((text.match(/¡/g) ?? []).length, (text.match(/!/g) ?? []).length, `words/es.json: ${key}`);
  }
});

/** A text with nothing in the place of every `[formal|informal]`. */
const unaddressed = (text: string): string => text.replace(/\[[^[\]|]*\|[^[\]|]*\]/g, '');

test('who is addressed formally can be addressed informally in every text', () => {
  // What would be formal in either address. In German "Sie" at the start of a sentence may mean "they"; where it does not, one of these verbs follows.
  const formal: Record<string, RegExp> = {
    de: /(?<![.:?!] |^)\bSie\b|\bSie (können|dürfen|müssen|haben|möchten|bekommen|antworten)\b|\bIhr(e[nmrs]?)?\b|\bIhnen\b/,
    fr: /(?<!\p{L})(vous|votre|vos|vôtres?)(?!\p{L})|(?<!\p{L})(?!chez|assez)\p{L}+ez(?!\p{L})/iu,
    es: /\b(usted|envíe|responda|puede dejar|introduzca|vuelva a)\b/i,
  };
  for (const [language, catalogue] of Object.entries(LANGUAGES)) {
    for (const [key, text] of Object.entries(catalogue)) {
      assert.doesNotMatch(unaddressed(text), formal[language] ?? /$^/, `words/${language}.json: ${key}`);
      assert.doesNotMatch(unaddressed(text).replace(/\{\w+: [^{}]*\}/g, ''), /[[\]|]/, `words/${language}.json: ${key}: a bracket or a bar is left over`);
    }
  }
});

test('the address is formal unless the questionnaire says otherwise, and for the languages that it names', () => {
  const title = (language: string): string => words(language, 'promise.title');
  assert.deepEqual(['de', 'fr'].map((language) => words(language, 'receipt.code')), ['Ihre Quittung', 'Votre reçu']);
  addressInformally(['de', 'es']);
  assert.equal(title('de'), 'Bevor du antwortest');
  assert.deepEqual(['de', 'fr', 'es'].map((language) => words(language, 'receipt.code')), ['Deine Quittung', 'Votre reçu', 'Tu justificante']);
  addressInformally([]);
  assert.equal(title('de'), 'Bevor Sie antworten');
});

test('words of the workshop do not reach the page', () => {
  const forbidden: Record<string, RegExp> = {
    en: /\b(ballots?|box keys?|blocks?|cells?|kappa|waves?|manifests?|rosters?|tokens?|POPRF|HPKE|hash)\b/i,
    de: /(stimmzettel|urne\b|\bblöcke?\b|\bzellen?\b|kappa|\bwellen?\b|manifest|\broster\b|\btoken\b|POPRF|HPKE|\bhash\b)/i,
    fr: /(bulletins?\b|\burne\b|\bblocs?\b|\bcellules?\b|kappa|\bvagues?\b|manifeste|\broster\b|\bjetons?\b|POPRF|HPKE|\bhash\b|reddition de comptes)/i,
    es: /(papeletas?\b|\burna\b|\bbloques?\b|\bceldas?\b|kappa|\boleadas?\b|manifiesto|\broster\b|\btoken\b|POPRF|HPKE|\bhash\b|rendición de cuentas)/i,
  };
  for (const [language, catalogue] of Object.entries(LANGUAGES)) {
    for (const [key, text] of Object.entries(catalogue)) assert.doesNotMatch(text, forbidden[language] ?? /$^/, `words/${language}.json: ${key}`);
  }
});

test('every word is used by the page', () => {
  const sources = ['src', 'src/pages']
    .flatMap((folder) => readdirSync(join(clientRoot, folder)).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(clientRoot, folder, name), 'utf8')))
    .join('\n');
  // Keys that are put together at run time, by their constant part.
  const built = [...sources.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '');
  const unused = Object.keys(en).filter((key) => !sources.includes(`'${key}'`) && !built.some((start) => key.startsWith(start)));
  assert.deepEqual(unused, []);
});

test('the honest promise is the sentence that was agreed', () => {
  const values = { group: 'Dispatch', unit: 'Logistics', k: 5 };
  assert.equal(
    words('en', 'promise.group.few', values),
    'Your answers count in Dispatch. If few people of it or of a neighbouring small group answer, they count together with another group under Logistics, never fewer than 5.',
  );
  assert.equal(words('en', 'promise.locks.seen'), 'Candor never shows who has answered; whoever administers the database could look.');
  assert.equal(words('en', 'review.level.hint'), 'Nobody sees who chose this; counts can show that somebody did.');
});

test('the first screen says the honest promise in the very words of the whole one', () => {
  for (const [language, catalogue] of Object.entries(LANGUAGES)) {
    const [whole = '', short = ''] = [catalogue['promise.group.few'], catalogue['promise.short.few']];
    assert.ok(short.length > 0 && whole.endsWith(` ${short}`), `words/${language}.json`);
  }
});

test('who holds the key outside the operator is named in every sentence about it, in every language and either address', () => {
  const ofTrustee = (Object.keys(en) as (keyof typeof en)[]).filter((key) => /[Tt]rustee/.test(key));
  assert.ok(ofTrustee.length >= 12, String(ofTrustee));
  for (const language of Object.keys(LANGUAGES)) {
    for (const informal of [[], [language]]) {
      addressInformally(informal);
      for (const key of ofTrustee) assert.match(words(language, key, { holder: 'Vera Albers', date: '5' }), /Vera Albers/, `${language}: ${key}`);
    }
    addressInformally([]);
  }
  // What nobody outside can see is said to be a promise, whoever makes it.
  const promised: Record<string, RegExp> = { en: /a promise, not proof/, de: /ein Versprechen, kein Beweis/, fr: /une promesse, pas une preuve/, es: /una promesa, no una prueba/ };
  for (const [language, said] of Object.entries(promised)) {
    for (const key of ['promise.locks.trustee', 'review.sealTrustee'] as const) assert.match(LANGUAGES[language]?.[key] ?? '', said, `${language}: ${key}`);
  }
});

test('the language is the one that the browser prefers among those on offer', () => {
  assert.equal(preferred(['en', 'de'], ['de-AT', 'en']), 'de');
  assert.equal(preferred(['en', 'de'], ['fr']), 'en');
  assert.equal(preferred(['fr', 'es'], ['de']), 'fr');
  assert.equal(ownName('de'), 'Deutsch');
  assert.equal(ownName('fr'), 'Français');
  assert.equal(ownName('it'), 'italiano');
});

test('a language without words of its own falls back to English', () => {
  assert.equal(words('it', 'review.send'), 'Send');
  assert.deepEqual(textIn(new Map([['en', 'Yes'], ['de', 'Ja']]), 'it'), { text: 'Yes', language: 'en' });
});

test('dates, spans and names are written in the language', () => {
  assert.match(date('de', Date.parse('2026-12-05T17:00:00Z')), /Dezember 2026/);
  assert.equal(span('en', 259_200), '3 days');
  assert.match(date('fr', Date.parse('2026-12-05T17:00:00Z')), /^5 décembre 2026/);
  assert.match(date('fr', Date.parse('2026-12-01T12:00:00Z')), /^1er décembre 2026/);
  assert.match(date('de', Date.parse('2026-12-01T12:00:00Z')), /^1\. Dezember 2026/);
  assert.match(date('es', Date.parse('2026-12-05T17:00:00Z')), /^5 de diciembre de 2026/);
  assert.equal(span('de', 900), '15 Minuten');
  assert.match(span('fr', 259_200), /^3\sjours$/);
  assert.equal(listed('en', ['Ana', 'Ben']), 'Ana and Ben');
});

test('who could read, and what is recorded, is as much in French and Spanish as in English', () => {
  const say = (language: string, key: string): string => LANGUAGES[language]?.[key] ?? '';
  for (const key of ['promise.short.readersLed', 'promise.short.readersUnled']) {
    // A joint result is read by the leaders of every group in it.
    assert.match(say('en', key), /with their own team in them/);
    assert.match(say('es', key), /los que incluyen a su equipo/);
    assert.match(say('fr', key), /ceux qui comprennent leur équipe/);
  }
  // Recorded is that sending was begun, not that an answer arrived.
  for (const key of ['status.answered', 'status.notAnswered', 'receipt.how.mail']) assert.doesNotMatch(say('fr', key), /reçue/);
  for (const language of Object.keys(LANGUAGES)) {
    for (const key of ['insecure.do', 'noRound.body', 'code.damaged', 'code.intro']) assert.match(say(language, key), /card|Karte|tarjeta|carte/, `${language}: ${key}`);
  }
});

test('the page without its program says what to do in every language', () => {
  const page = readFileSync(join(clientRoot, 'src/index.html'), 'utf8');
  for (const language of Object.keys(LANGUAGES)) assert.equal(page.split(`<p lang="${language}">`).length - 1, 2, language);
});
