// Open questions in a round that asks for comments: optional, sealed with the answers, and with a warning that never leaves the browser.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { PHONE, answer, begin, send, shows, speak } from './browser.mjs';
import { remains, surveyFixture, text } from './survey-fixture.mjs';

const survey = surveyFixture();
beforeEach(() => survey.restart({ comments: true }));

/** The comments behind the answers of an opened ballot. */
function commentsOf({ rest }) {
  const bytes = Buffer.from(rest);
  const comments = [];
  let at = 0;
  for (let question = 0; question < 2; question++) {
    const length = bytes.readUInt16BE(at);
    comments.push(bytes.subarray(at + 2, at + 2 + length).toString('utf8'));
    at += 2 + length;
  }
  assert.ok(bytes.subarray(at).every((byte) => byte === 0));
  return comments;
}

/** Walks to the page of open questions. */
async function toQuestions(page) {
  while ((await shows(page, 'section', 'comments')) === 'section') {
    const title = await page.locator('#title').innerText();
    await page.locator('#next').click();
    await page.waitForFunction((before) => document.getElementById('title')?.textContent !== before, title);
  }
}

test('comments are sealed with the answers, composed and trimmed, and nothing of them stays behind', async () => {
  const page = await survey.tab(PHONE);
  const bodies = [];
  page.on('request', (request) => bodies.push(request.postDataBuffer()?.toString('latin1') ?? ''));
  await page.goto(survey.round.link(0));
  await shows(page, 'promise');
  assert.match(await text(page), /Comments, word for word: HR and these leaders/);
  await page.locator('#more').click();
  await shows(page, 'more');
  const promise = await text(page);
  assert.match(promise, /comments for 10 or more people together, of whom at least 3 wrote one/);
  assert.match(promise, /Single answers to statements are neither shown nor kept; comments are shown and kept word for word/);
  assert.match(promise, /No page shows them to the groups themselves\. HR can hide a comment that names a person/);
  assert.match(promise, /A hidden comment stays in the signed result, and whoever administers the database can read it there/);
  await page.locator('#back').click();
  await page.locator('#start').click();
  await page.locator('#statement-1-6').check();
  await toQuestions(page);
  assert.match(await text(page), /shown only for 10 or more people together, and only if at least 3 of them wrote something/);
  await page.locator('#comment-1').fill('  Ru\u0308ckfragen sind willkommen. 👍\n\nImmer. ');
  await page.locator('#next').click();
  await shows(page, 'review');
  const overview = await text(page);
  assert.match(overview, /1 of 12 statements answered/);
  assert.match(overview, /Rückfragen sind willkommen/);
  assert.match(overview, /left blank/);
  await send(page);
  const [ballot] = await survey.round.open();
  assert.deepEqual(ballot.answers, [6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(commentsOf(ballot), ['Rückfragen sind willkommen. 👍\n\nImmer.', '']);
  assert.ok(bodies.every((body) => !body.includes('willkommen')), 'no text left the browser in the clear');
  assert.deepEqual(await remains(page), { rows: 0, session: 0, local: 0, cookies: '' });
});

test('comments may stay blank, and a comment alone is not sent without one answered statement', async () => {
  const blank = await survey.tab();
  await begin(blank, survey.round.link(0));
  await answer(blank, { 1: 4 });
  await send(blank);
  assert.deepEqual(commentsOf((await survey.round.open())[0]), ['', '']);

  const page = await survey.tab();
  await begin(page, survey.round.link(1));
  await toQuestions(page);
  await page.locator('#comment-2').fill('More time.');
  await page.locator('#next').click();
  await page.locator('#send').click();
  await page.locator('#error-summary').waitFor();
  assert.match(await text(page), /Answer at least one statement/);
});

test('comments survive back and forward, a reload and the other language, and go when the person stops', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await page.locator('#statement-1-3').check();
  await toQuestions(page);
  await page.locator('#comment-1').fill('Mehr Zeit zum Fragen.');
  await speak(page, 'de');
  assert.equal(await page.locator('#comment-1').inputValue(), 'Mehr Zeit zum Fragen.');
  assert.match(await text(page), /Was hilft den Menschen/);
  await page.goBack();
  await shows(page, 'section');
  await page.goForward();
  await shows(page, 'comments');
  assert.equal(await page.locator('#comment-1').inputValue(), 'Mehr Zeit zum Fragen.');
  await page.reload();
  await shows(page, 'comments');
  assert.equal(await page.locator('#comment-1').inputValue(), 'Mehr Zeit zum Fragen.');
  await page.locator('#next').click();
  await shows(page, 'review');
  await page.locator('#change-14').click();
  await shows(page, 'comments');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'comment-2', 'the focus is in the field to change');
  await page.keyboard.type('Weniger Sitzungen.');
  await page.locator('#next').click();
  await shows(page, 'review');
  assert.match(await text(page), /Weniger Sitzungen/);
  await page.locator('#leave').click();
  await shows(page, 'left');
  assert.equal(await page.evaluate(() => JSON.stringify(sessionStorage)), '{}');
});

test('a text that seems to name somebody is answered with a hint, and nothing is sent', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await toQuestions(page);
  const before = survey.kinds().length;
  const notice = page.locator('#comment-1-notice');
  assert.equal(await notice.innerText(), '');
  await page.locator('#comment-1').fill('Ask Mr Bello about it.');
  assert.match(await notice.innerText(), /seems to hold a name/);
  await page.locator('#comment-1').fill('Write to a@example.org.');
  assert.match(await notice.innerText(), /mail address/);
  await page.locator('#comment-1').fill('Ask more often.');
  assert.equal(await notice.innerText(), '');
  assert.match(await page.locator('#comment-1-left').innerText(), /485 more characters/);
  assert.equal(survey.kinds().length, before);
});

test('under the warning stand those to whom people can turn instead, each in the language that there is', async () => {
  const page = await survey.tab(PHONE);
  await begin(page, survey.round.link(0));
  await toQuestions(page);
  await page.locator('#comment-1').fill('Not for everybody');
  const contacts = () => page.locator('#contacts a').evaluateAll((links) => links.map((a) => [a.textContent, a.getAttribute('href'), a.firstElementChild.lang, a.target, a.rel]));
  assert.deepEqual(await contacts(), [
    ['Works council', 'mailto:council@halden.example', '', '', ''],
    ['Helpline for employees', 'tel:+49-30-1234', '', '', ''],
    ['Counselling service', 'https://help.halden.example/talk', '', '_blank', 'noopener noreferrer'],
  ]);
  assert.match(await text(page), /read only after the round has closed/);
  await speak(page, 'de');
  const german = await contacts();
  assert.deepEqual(german.map(([label, , lang]) => [label, lang]), [['Betriebsrat', ''], ['Helpline for employees', 'en'], ['Beratungsstelle', '']]);
  for (const box of await page.locator('#contacts a').all()) assert.ok((await box.boundingBox()).height >= 44);

  const shared = await survey.tab(PHONE);
  await shared.goto(`${survey.round.base}#shared`);
  await shared.locator('#code').fill(survey.round.code(0));
  await shared.locator('#open').click();
  await shared.locator('#same').click();
  await shared.locator('#verify').click();
  await shows(shared, 'verify');
  assert.deepEqual((await shared.locator('#contacts li').allInnerTexts()).map((line) => line.replace(/\s+/g, ' ')), ['Works council council@halden.example', 'Helpline for employees +49-30-1234', 'Counselling service help.halden.example/talk']);
  assert.equal(await shared.locator('main a').count(), 0, 'nothing leads away from a device that the next person uses');

  await survey.restart({ comments: true, promise: { contacts: undefined } });
  const other = await survey.tab(PHONE);
  await begin(other, survey.round.link(0));
  await toQuestions(other);
  assert.equal(await other.locator('#contacts, #contacts-when').count(), 0);
});
