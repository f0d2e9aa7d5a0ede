// The promise: one screen before the first press, everything one press away, ways to check it, and its line beside Send.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { DESK, PHONE, answer, begin, send, shows, speak } from './browser.mjs';
import { OUTSIDE } from './standin.mjs';
import { surveyFixture, text } from './survey-fixture.mjs';

const survey = surveyFixture();

const LANGUAGES = { en: 'en-GB', de: 'de-DE', fr: 'fr-FR', es: 'es-ES' };
/** A fresh page that shows the promise. */
async function promised(options = DESK, person = 0) {
  const page = await survey.tab(options);
  await page.goto(survey.round.link(person));
  await shows(page, 'promise');
  return page;
}

for (const [name, options, outside] of [['a phone', PHONE], ['a desk', { ...DESK, viewport: { width: 1280, height: 800 } }], ['a desk with the key outside', { ...DESK, viewport: { width: 1280, height: 800 } }, OUTSIDE]]) {
  test(`the whole promise and Start stand on the first screen of ${name}, in every language`, async () => {
    // As a round of the product is with its own words.
    const notFor = { en: 'Pay, promotion, discipline, or finding out who said what.', de: 'Für Gehalt, Beförderung, Disziplinarmaßnahmen oder um herauszufinden, wer was gesagt hat.', fr: 'À décider des salaires, des promotions ou de sanctions, ou à chercher qui a dit quoi.', es: 'Para decidir sobre sueldos, ascensos o sanciones, ni para averiguar quién dijo qué.' };
    await survey.restart({ statements: 20, promise: { languages: Object.keys(LANGUAGES), not_for: notFor, ...outside } });
    for (const [language, locale] of Object.entries(LANGUAGES)) {
      for (const person of [0, 3]) {
        const page = await promised({ ...options, locale }, person);
        // As wide as the fonts of phones, which this machine may not have.
        await page.evaluate(() => document.documentElement.style.setProperty('--sans', '"Liberation Sans", Arial, sans-serif'));
        const { end, smallest } = await page.evaluate(() => ({
          end: document.getElementById('start').getBoundingClientRect().bottom + scrollY,
          smallest: Math.min(...[...document.querySelectorAll('#promise p, #promise h2')].map((element) => parseFloat(getComputedStyle(element).fontSize))),
        }));
        assert.ok(end <= options.viewport.height, `${language}: Start ends at ${end} px of ${options.viewport.height}`);
        assert.ok(smallest >= 16, `${language}: text of ${smallest} px`);
        for (const id of ['group', 'readers', 'stored', 'not-stored', 'not-for']) {
          const { y, height } = await page.locator(`#${id}`).boundingBox();
          assert.ok(height > 0 && y >= 0 && y + height <= end, `${language}: ${id}`);
        }
        await page.context().close();
      }
    }
  });
}

test('each fact of the first screen comes from the round', async () => {
  const read = async () => (await text(await promised())).replace(/\s+/g, ' ');
  const usual = await read();
  for (const said of [/one of 12 people in Dispatch and Returns/, /under Logistics, never fewer than 5\./, /You, your group, and groups shown together with it: your joint result\./, /sealed answers and, with the operator, their key, until publication;/, /A dishonest operator could still read who answers what\./, /then the results, and who took part/]) {
    assert.match(usual, said);
  }
  assert.match(usual, /Not for appraisal of anybody\. Nor for: Pay, promotion, discipline or a ranking of teams or leaders\./);
  assert.doesNotMatch(usual, /comments|passphrase/i);
  await survey.restart({ comments: true, promise: { k: 7, comments: { min_respondents: 14, min_comments: 3 }, passphrase: true, audiences: { leaders: 'own-block', unit_leaders: 'sub-total', hr: 'all-blocks', team: false }, not_for: { en: 'Hiring.' } } });
  const other = await read();
  for (const said of [/never fewer than 7\./, /The groups themselves: not in this round\./, /their key, locked with a passphrase/, /Comments, word for word: HR and these leaders\./, /the results with the comments/, /Nor for: Hiring\./]) {
    assert.match(other, said);
  }
});

test('where somebody outside holds the key, every sentence about the key says who does, and none says that the operator has it', async () => {
  await survey.restart({ promise: { ...OUTSIDE, weakened_by: ['disk-copies'] } });
  const page = await promised();
  const flat = async (place) => (await place.innerText()).replace(/\s+/g, ' ');
  const first = await flat(page.locator('#promise'));
  assert.match(first, /sealed answers without their key, which Vera Albers has, until publication; then the results, and who took part\./);
  assert.match(first, /With an altered page, with invented colleagues, or together with Vera Albers, a dishonest operator could still learn who answers what\./);
  await page.locator('#more').click();
  await shows(page, 'more');
  const whole = await flat(page.locator('main'));
  for (const said of [
    'Vera Albers holds the key; without it the operator can open no sealed answer.',
    'That Vera Albers opens all of them together, and only after the close, and then destroys the key, is a promise, not proof.',
    'Together the operator and Vera Albers could open single answers and learn whose they are.',
    'Only the six check words of this round that Vera Albers makes known, independently of the operator, show that the key is really that of Vera Albers. Compare them.',
    'for the opening Vera Albers gets a copy that does not say who answered',
    'Together with Vera Albers, open single answers',
    'Give a single person another promise, with another key',
    'Copies keep sealed answers after they are destroyed here.',
  ]) {
    assert.ok(whole.includes(said), said);
  }
  assert.doesNotMatch(whole, /operator’s process|passphrase|possibly the key|Keep the key/);
  await page.locator('#verify').click();
  await shows(page, 'verify');
  assert.match(await flat(page.locator('#trustee-words')), /^Only the six check words of this round that Vera Albers makes known/);
  assert.match(await flat(page.locator('#unseen')), /or act together with Vera Albers, and so read answers .* Nobody can see from outside whether only Vera Albers has the key/);
  const other = await survey.tab(PHONE);
  await begin(other, survey.round.link(1));
  await answer(other, { 1: 4 });
  assert.match(await flat(other.locator('#promise-line')), /seals them as you send, and Vera Albers has the key, not the operator; that they are opened only after the close, all together, is a promise, not proof\./);
  assert.match(await send(other), /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/, 'an answer is sealed and counted as in every round');
});

test('a round whose key the operator has says nothing of anybody outside', async () => {
  for (const passphrase of [{}, { passphrase: true }, { passphrase: true, key_holder: 'Vera Albers' }]) {
    await survey.restart({ promise: { ...passphrase, weakened_by: ['disk-copies'] } });
    const page = await promised();
    let said = await text(page);
    for (const name of ['more', 'verify']) {
      await page.locator(`#${name}`).click();
      await shows(page, name);
      said += await text(page);
    }
    assert.match(said, /with the operator, their key[^]*The operator’s process holds the key[^]*Copies keep sealed answers, and possibly the key/);
    assert.doesNotMatch(said, /which Vera Albers has|makes known|another promise, with|act together|single answers and learn/);
    assert.equal(await page.locator('#trustee-words').count(), 0);
  }
});

test('an end that may be put off is said before the first press, and once it was, the page says until when', async () => {
  const close = Date.parse('2027-03-05T16:00:00Z');
  const schedule = { pace: 'dates', closes_at: new Date(close).toISOString(), extension_days: 5, grace_seconds: 900, window_seconds: 259_200, publish_at_seconds: 345_600, publish_by_seconds: 1_209_600 };
  await survey.restart({ closesAt: close, promise: { schedule } });
  const dates = async (page) => {
    await page.locator('#more').click();
    await shows(page, 'more');
    return text(page);
  };
  const before = await promised();
  assert.match(await text(before), /Open until 5 March 2027/);
  assert.match(await dates(before), /this end may be put off once, by up to 5 days\. The survey page and later reminders then tell the new date/);
  survey.round.extended = 4;
  const after = await promised();
  assert.match(await text(after), /Extended: open until 9 March 2027/);
  const told = await dates(after);
  assert.match(told, /Answers are taken until 9 March 2027/);
  assert.match(told, /The round was extended: it was to end on 5 March 2027/);
  assert.match(told, /published on 13 March 2027/, 'what follows comes as much later');
  assert.doesNotMatch(told, /may be put off/);
  // More than was promised is no promise of this round.
  survey.round.extended = 6;
  const page = await survey.tab(DESK);
  await page.goto(survey.round.link(1));
  await shows(page, 'unsupported');
});

test('the example of a leader’s page opens beside the promise, in the language shown, and says that it is invented', async () => {
  const page = await promised();
  const link = page.locator('#example');
  assert.deepEqual(await link.evaluate((a) => [a.getAttribute('href'), a.target, a.rel]), ['/w/2026-q4/example/en', '_blank', 'noopener']);
  assert.match(await page.locator('#example-hint').innerText(), /invented answers/);
  await speak(page, 'de');
  assert.equal(await link.getAttribute('href'), '/w/2026-q4/example/de');
});

test('what is read beside the way has its own entry, and the way goes on where it was left', async () => {
  const page = await promised();
  for (const name of ['more', 'verify']) {
    await page.locator(`#${name}`).click();
    await shows(page, name);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'title');
    await page.reload();
    await shows(page, name);
    await page.locator('#back').click();
    await shows(page, 'promise');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'title');
  }
  await page.locator('#start').click();
  await answer(page, { 1: 3 });
  await page.locator('#more').click();
  await shows(page, 'more');
  await page.goBack();
  await shows(page, 'review');
  assert.match(await text(page), /1 of 12 statements answered/);
});

test('nothing of today’s promise is missing one press away', async () => {
  const page = await promised();
  await page.locator('#more').click();
  await shows(page, 'more');
  const whole = await text(page);
  for (const said of [
    'Your answers count in Dispatch and Returns. If few people of it or of a neighbouring small group answer, they count together with another group under Logistics, never fewer than 5.',
    'Before you send, you can choose to count one level up instead.',
    'They travel under a random number that is not connected with your link.',
    'The operator’s process holds the key and destroys it at publication; this is a promise, not proof.',
    'Candor never shows who has answered; whoever administers the database could look.',
    'The leader of a unit also the sub-total of that unit.',
    'HR: the results of all groups, and of the organisation.',
    'You, your group, and the groups whose answers are shown together with yours: your joint result.',
    'To see where speaking up is hard',
    'Not for appraisal of anybody.',
    'No rounding prevents that.',
    'Serve an altered page to a single person',
    'Keep the key together with a record of connections',
    'Invent people, as whoever keeps the staff list could, too, or answer for somebody who did not.',
    'may still arrive for 15 minutes',
    'Otherwise the round ends without a result and everything is destroyed.',
  ]) {
    assert.ok(whole.includes(said), said);
  }
  assert.doesNotMatch(whole, /printed card|What weakens this promise/);
});

test('a round with printed cards says what their codes show after the close, and to whom, and one that something weakens says that', async () => {
  await survey.restart({ promise: { cards: 3, weakened_by: ['one-server', 'disk-copies-unknown'] } });
  const page = await promised();
  assert.match(await page.locator('#promise').innerText(), /the time\. But a server beside it keeps more: the full text says what\./);
  await page.locator('#more').click();
  await shows(page, 'more');
  assert.match(await page.locator('#reminders').innerText(), /Candor never shows who has answered; .* could look\. But after the close a printed card’s code shows whether it was used, also to whoever printed it\./);
  assert.match(await page.locator('#limits-cards').innerText(), /^3 people were invited by a printed card .* After the close the code shows whether it was used, and opens the group’s result if groups read theirs\.$/);
  const weakened = await page.locator('#weakened').innerText();
  assert.match(weakened, /^Staff list and sealed answers lie on one database server\./);
  assert.match(weakened, /Nobody has said whether the disks are copied[^]*could learn who answered what\.$/);
});

test('the fingerprints to compare are those of what is served, and the words are made of them', async () => {
  const page = await promised();
  await page.locator('#verify').click();
  await shows(page, 'verify');
  const served = async (file) => createHash('sha256').update(await (await page.request.get(`${survey.round.base}${file}`)).body()).digest('hex');
  assert.equal(await page.locator('#program-fingerprint').innerText(), await served('client.js'));
  assert.equal(await page.locator('#sheet-fingerprint').innerText(), await served('manifest'));
  for (const [id, file] of [['program-command', 'client.js'], ['sheet-command', 'manifest']]) {
    assert.equal(await page.locator(`#${id}`).innerText(), `curl -s ${survey.round.base}${file} | sha256sum`);
  }
  assert.deepEqual((await page.locator('.check-words li').allInnerTexts()).slice(0, 6), survey.round.waveWords);
});

test('the line beside Send says where the answers count, and follows the choice', async () => {
  const page = await survey.tab(PHONE);
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  const line = page.locator('#promise-line');
  assert.match(await line.innerText(), /count in Dispatch and Returns, or together with another group under Logistics, never fewer than 5\./);
  assert.match(await line.innerText(), /opened only after the close, all together, is the operator’s promise, not proof\./);
  assert.match(await line.innerText(), /nobody can change or take back the answers, not even you/);
  await page.locator('#level-1').check();
  assert.match(await line.innerText(), /count in Logistics, not in your group; no number is shown for fewer than 5 people\./);
  await page.locator('#level-2').check();
  assert.match(await line.innerText(), /count in Halden Instruments, not in your group;/);
  const [said, send] = [await line.boundingBox(), await page.locator('#send').boundingBox()];
  assert.ok(send.y - (said.y + said.height) < 40, 'nothing stands between the line and Send');
});

test('a double click on the way back leads back once, and not out of the survey', async () => {
  const page = await promised();
  await page.locator('#more').click();
  await shows(page, 'more');
  await page.locator('#back').evaluate((back) => (back.click(), back.click()));
  await shows(page, 'promise');
  await page.waitForTimeout(300);
  assert.match(page.url(), /^http/);
  await shows(page, 'promise');
});
