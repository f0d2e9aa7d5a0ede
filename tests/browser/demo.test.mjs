// The whole product as a newcomer meets it: the real program, its captured mails, the survey page and the console.
//
// The tests tell one story in order: somebody answers, HR ends the round, the same person checks the receipt, a leader reads.
// With BROWSER_SHOTS=<folder> every page is photographed at both widths, light and dark.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { DESK, PHONE, launch, send, shows } from './browser.mjs';
import { axe, axeOfMail, contrast, headings, narrow, tables, targets, unfold } from './checks.mjs';
import { prepare, visit } from './console.mjs';
import { startDemo } from './demo.mjs';
import { brief } from './looks.mjs';

const WIDTHS = [360, 1280];
const SHOTS = process.env.BROWSER_SHOTS;

let browser;
let demo;
/** The respondents' origin, from the links in the mails. */
let respondents;
/** Requests of every page so far. */
const requests = [];
/** Personal links that were used, and what they left behind. */
const used = { number: 0, recipient: '', link: '', receipt: '' };

before(async () => {
  if (SHOTS) await mkdir(SHOTS, { recursive: true });
  [browser, demo] = await Promise.all([launch(), startDemo()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** A fresh device whose requests are watched. */
async function device(options = DESK) {
  const context = await browser.newContext({ ...options, acceptDownloads: true });
  context.setDefaultTimeout(15_000);
  context.on('request', (request) => requests.push(request));
  return context;
}

const text = (page) => page.locator('main').innerText();

/** Presses Tab until the element has the focus: whoever uses a keyboard gets there. */
async function tabTo(page, selector) {
  for (let i = 0; i < 120; i++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${selector} cannot be reached with Tab`);
}

/** axe waits for ever for a frame that runs no scripts, as the frame of a mail; the document of a mail is looked at on its own. */
async function emptyFrames(page) {
  await page.locator('iframe[sandbox]').evaluateAll((frames) =>
    frames.forEach((frame) => {
      frame.removeAttribute('sandbox');
      frame.src = 'about:blank';
    }),
  );
}

/** Fits both widths. */
async function fits(page, name) {
  const before = page.viewportSize();
  const scroll = await page.evaluate(() => window.scrollY);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${name} at ${width} px is ${wide} px too wide`);
    for (const colorScheme of SHOTS ? ['light', 'dark'] : []) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path.join(SHOTS, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
  await page.evaluate((y) => window.scrollTo(0, y), scroll);
}

/** Fits both widths, light and dark, and axe finds nothing serious on it. The page keeps its state, apart from the frame of a mail. */
async function sound(page, name, rules = axe) {
  await fits(page, name);
  const before = page.viewportSize();
  const scroll = await page.evaluate(() => window.scrollY);
  await emptyFrames(page);
  // Colours do not depend on the width, and sizes not on colours: two of the four see everything.
  for (const [{ viewport }, colorScheme] of [[DESK, 'light'], [PHONE, 'dark']]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await rules(page), [], `${name}, ${viewport.width} px, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
  await page.evaluate((y) => window.scrollTo(0, y), scroll);
}

/** Opens the captured mail of somebody who has not been led to the survey yet. */
async function openMail(page, subject, place) {
  await page.goto(`${demo.console}/mails`);
  await page.getByRole('link', { name: subject }).nth(place).click();
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
}

async function signIn(page, login, password = demo.passwords[login]) {
  await page.getByLabel('Name').fill(login);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
}

const INVITATION = /anonymous survey/;

test('the captured mails lead to a mail whose two forms hold the same link and check words', async () => {
  const page = await (await device()).newPage();
  await page.goto(`${demo.console}/`);
  await page.getByRole('link', { name: /captured mails/ }).click();
  await fits(page, 'mails');
  await openMail(page, INVITATION, 0);
  used.number = Number(page.url().split('/').at(-1));
  used.recipient = await page.locator('dd').first().innerText();
  const html = page.frameLocator('iframe.mail');
  used.link = await html.getByRole('link', { name: 'Answer the survey' }).getAttribute('href');
  respondents = new URL(used.link).origin;
  assert.match(used.link, new RegExp(`^${respondents}/w/${demo.round}/#v2\\.[\\w-]{43}\\.[0-9A-Z]{2}\\.[0-9A-Z]{17}$`));
  const plain = await page.locator('.mail-text').innerText();
  assert.ok(plain.split('\n').includes(used.link), 'the text form has the link on a line of its own');
  assert.ok((await page.getByRole('link', { name: 'Follow the personal link' }).getAttribute('href')) === used.link);
  for (const part of [plain, await html.locator('body').innerText()]) {
    assert.ok(part.includes(used.link.split('.').at(-1).replace(/(.{4})(?=.)/g, '$1-')), 'the code to type');
    assert.match(part, /The same for everybody in this round:\s+([a-z]{5} ){5}[a-z]{5}/);
  }
  await sound(page, 'mail');
  // As a mail program shows it: the same document outside the sandbox, so that axe can run in it.
  const document = await (await page.request.get(`${demo.console}/mails/${used.number}/html`)).text();
  const program = await page.context().newPage();
  await program.setContent(document);
  await sound(program, 'mail-html', axeOfMail);
  await page.context().close();
});

test('the link in the mail leads to the promise, and the keyboard alone leads to the receipt', async () => {
  const context = await device();
  const page = await context.newPage();
  await page.goto(`${demo.console}/mails/${used.number}`);
  const mail = await page.frameLocator('iframe.mail').locator('body').innerText();
  const [survey] = await Promise.all([context.waitForEvent('page'), page.frameLocator('iframe.mail').getByRole('link', { name: 'Answer the survey' }).click()]);
  await shows(survey, 'promise');
  assert.equal(survey.url(), `${respondents}/w/${demo.round}/`, 'the link leaves the address at once');

  const promise = await text(survey);
  const [, people, group] = /You answer as one of (\d+) people in (.+?)\. Your answers count/.exec(mail);
  assert.ok(promise.includes(`one of ${people} people in ${group}`));
  assert.match(promise, /never fewer than 5\./);
  await sound(survey, 'promise');
  await survey.locator('#verify').click();
  await shows(survey, 'verify');
  const words = [...mail.matchAll(/in (?:this round|your group):\s+([a-z ]+)/g)].flatMap(([, list]) => list.trim().split(/\s+/));
  assert.equal(words.length, 10);
  assert.deepEqual(await survey.locator('.check-words li').allInnerTexts(), words, 'the check words of the mail');
  await sound(survey, 'verify');
  await survey.goBack();
  await shows(survey, 'promise');

  await tabTo(survey, '#start');
  await survey.keyboard.press('Enter');
  await shows(survey, 'section');
  await sound(survey, 'section');
  for (let answered = 0; (await shows(survey, 'section', 'review')) === 'section'; ) {
    await tabTo(survey, 'fieldset.statement input[type=radio]');
    // A digit answers a statement and leads on to the next.
    for (const statements = await survey.locator('fieldset.statement').count(), end = answered + statements; answered < end; answered++) {
      await survey.keyboard.press(String(1 + (answered % 7)));
    }
    await tabTo(survey, '#next');
    await survey.keyboard.press('Enter');
  }
  assert.match(await text(survey), /12 of 12 statements answered/);
  await sound(survey, 'review');
  await tabTo(survey, '#send');
  await survey.keyboard.press('Enter');
  await shows(survey, 'receipt');
  await sound(survey, 'receipt');
  await tabTo(survey, '#save-receipt');
  const [download] = await Promise.all([survey.waitForEvent('download'), survey.keyboard.press('Enter')]);
  assert.equal(download.suggestedFilename(), `candor-receipt-${demo.round}.json`);
  used.receipt = await readFile(await download.path(), 'utf8');
  assert.equal(JSON.parse(used.receipt).wave, demo.round);
  await context.close();
});

test('whoever operates the demo finds the answer with the key alone, and reads what was searched', async () => {
  const context = await device();
  const page = await context.newPage();
  await page.goto(`${demo.console}/mails`);
  await page.getByRole('link', { name: /Be the operator/ }).click();
  const [, person] = /<([^@]+)@/.exec(used.recipient);
  await page.getByLabel('As whom did you answer?').selectOption(person);
  // The first statement was answered with the first digit.
  await page.getByLabel('What did this person answer').selectOption('1');
  await page.getByRole('button', { name: 'Attack' }).click();
  assert.match(await page.locator('#ordinary-found').innerText(), /^Found: .+ answered 1\./);
  assert.match(await page.locator('#here-found').innerText(), /^What .+ answered was not found\./);
  const wrong = [];
  const look = async (name) => {
    await fits(page, name);
    await unfold(page);
    await fits(page, `${name}-unfolded`);
    for (const { viewport } of [PHONE, DESK]) {
      await page.setViewportSize(viewport);
      const note = (colorScheme, found) => wrong.push(...found.map((one) => `${name}, ${viewport.width} px, ${colorScheme}: ${one}`));
      await page.emulateMedia({ colorScheme: 'light' });
      note('light', [...(await axe(page)), ...(await headings(page)), ...(await tables(page)), ...(await narrow(page)), ...(await targets(page))]);
      await page.emulateMedia({ colorScheme: 'dark' });
      note('dark', await contrast(page));
    }
    await page.emulateMedia({ colorScheme: null });
  };
  await look('laid-open');
  await page.getByRole('button', { name: 'And now with the key' }).click();
  await page.locator('#key-found').waitFor();
  assert.match(await page.locator('#key-found').innerText(), /^Found: the sealed answers .+ say 1 to the first statement\. That is what you said\.$/);
  assert.ok(await page.getByRole('cell', { name: '1 2 3 4 5 6 7 1 2 3 4 5', exact: true }).count(), 'all twelve answers');
  await look('laid-open-with-the-key');
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await page.locator('#key-found').waitFor();
  assert.match(await page.locator('#key-found').innerText(), /^Gefunden: /, 'the page is the same in the other language');
  await look('laid-open-in-german');
  assert.deepEqual(wrong, []);
  await context.close();
});

test('the same link a second time says that it was used', async () => {
  const context = await device(PHONE);
  const page = await context.newPage();
  await page.goto(`${demo.console}/mails/${used.number}`);
  await page.getByRole('link', { name: 'Follow the personal link' }).click();
  await shows(page, 'used');
  await sound(page, 'used');
  await context.close();
});

test("the typed code of another mail leads through the check words to a receipt, on a phone", async () => {
  const context = await device(PHONE);
  const page = await context.newPage();
  await openMail(page, INVITATION, 1);
  const code = /Your code: (\S+)/.exec(await page.locator('.mail-text').innerText())[1];
  await page.goto(`${respondents}/w/${demo.round}/`);
  await shows(page, 'code');
  await page.getByLabel('Code from your mail').fill(code);
  await page.getByRole('button', { name: 'Continue' }).click();
  await shows(page, 'compare');
  await page.locator('#same').click();
  await shows(page, 'promise');
  await page.locator('#start').click();
  await page.locator('#statement-1-4').check();
  await page.locator('#early').click();
  assert.match(await send(page), /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  assert.deepEqual(await context.cookies(respondents), [], 'no cookie');
  await context.close();
});

test('a wrong password is answered calmly, and HR reads the organisation', async () => {
  const context = await device();
  const page = await context.newPage();
  await page.goto(`${demo.console}/sign-in`);
  await signIn(page, 'hr', 'not the password');
  const error = page.getByRole('alert');
  await error.waitFor();
  assert.match(await error.innerText(), /^This does not fit together\s+Check name and password/);
  assert.equal(await page.getByLabel('Name').inputValue(), 'hr', 'the name need not be typed again');
  assert.equal(await page.getByLabel('Password').inputValue(), '');
  await sound(page, 'sign-in');
  await page.getByLabel('Password').fill(demo.passwords.hr);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/organisation\/\d/);
  await readable(page);
  await fits(page, 'organisation');
  const pages = page.getByRole('navigation', { name: 'Pages of this result' });
  for (const [name, slug] of [['Groups', 'groups'], ['Differences', 'differences'], ['Participation', 'participation'], ['Since the round before', 'comparison'], ['Take it with you', 'take']]) {
    await pages.getByRole('link', { name }).click();
    await page.waitForURL(new RegExp(`/organisation/[^/]+/${slug}$`));
    await beside(page);
    await fits(page, `organisation-${slug}`);
    if (slug === 'groups') assert.ok((await page.locator('.report-groups tbody tr').count()) > 20, 'all groups');
  }
  await pages.getByRole('link', { name: 'What people wrote' }).click();
  await page.waitForURL(/\/comments$/);
  assert.match(await text(page), /HR hid 1 comment\. The only reason allowed is that it names a person; nobody else checks this\./);
  await page.getByRole('link', { name: 'Hide: it names a person' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Hide this comment?' }).waitFor();
  await fits(page, 'hide-comment');
  await page.getByRole('link', { name: 'Back to the result' }).click();
  await page.waitForURL(/\/organisation\/\d.*\/comments$/);
  await page.getByRole('link', { name: '2025-q4' }).click();
  await page.waitForURL(/\/organisation\/2025-q4/);
  await readable(page);
  await context.close();
});

test('every page of the console is for everybody, on a desk in the light and on a phone in the dark', async () => {
  const wrong = [];
  let pages = 0;
  const walk = await prepare(browser, demo);
  await visit(demo, walk, async (page, name) => {
    pages += 1;
    const note = (where, found) => wrong.push(...found.map((one) => `${name}, ${where}: ${one}`));
    await unfold(page);
    note('1280 px, light', [...(await axe(page)), ...(await headings(page)), ...(await tables(page))]);
    await page.setViewportSize(PHONE.viewport);
    await page.emulateMedia({ colorScheme: 'dark' });
    note('360 px, dark', [...(await contrast(page)), ...(await narrow(page))]);
    await page.setViewportSize(DESK.viewport);
    await page.emulateMedia({ colorScheme: null });
  });
  await Promise.all(Object.values(walk.contexts).map((context) => context.close()));
  console.log(`  ${pages} pages`);
  assert.deepEqual(wrong, []);
});

/** A report: every score is said in words with numbers, every chart has a name and a description that says the same, tables stand beside. */
async function readable(page) {
  const scores = await page.locator('.report-dimension .report-score').allInnerTexts();
  assert.ok(scores.length >= 3, 'a score per dimension');
  for (const score of scores) assert.match(score, /\d+ .*of 100 points/);
  const charts = await page.locator('.report-dimension').evaluateAll((all) =>
    all.map((dimension) => {
      const svg = dimension.querySelector('svg[role=img]');
      const ids = svg?.getAttribute('aria-labelledby')?.split(' ') ?? [];
      return {
        score: dimension.querySelector('.report-score')?.textContent?.trim(),
        title: svg?.querySelector(`title#${ids[0]}`)?.textContent?.trim(),
        description: svg?.querySelector(`desc#${ids[1]}`)?.textContent?.trim(),
      };
    }),
  );
  for (const { score, title, description } of charts) {
    assert.ok(title && description, `a chart beside ${score}`);
    assert.ok(description.includes(score), `${description} says ${score}`);
  }
  for (const trend of await page.locator('.report-trend').all()) {
    assert.ok(await trend.locator('svg[role=img] > title').count(), 'a chart');
    assert.ok(/\d/.test(await trend.locator('table tbody').innerText()), 'a table beside it');
  }
}

/** Every drawing of many groups has a name, a description and a table beside it. */
async function beside(page) {
  const drawings = await page.locator('.report-beside').evaluateAll((all) =>
    all.map((one) => ({ named: [...one.querySelectorAll('svg')].every((svg) => svg.querySelector('title')?.textContent && svg.querySelector('desc')?.textContent), table: one.querySelector('table, p') !== null })),
  );
  for (const { named, table } of drawings) assert.ok(named && table, 'a drawing with its words and numbers');
}

test('HR closes, opens and publishes with the keyboard and reads the result', async () => {
  const context = await device();
  const page = await context.newPage();
  await page.goto(`${demo.console}/sign-in`);
  await signIn(page, 'hr');
  await page.waitForURL(/\/organisation\//);
  await page.getByRole('link', { name: 'Rounds' }).click();
  await fits(page, 'rounds');
  await page.getByRole('link', { name: demo.round }).click();
  await page.getByRole('heading', { level: 1, name: `Round ${demo.round}` }).waitFor();
  assert.doesNotMatch(await text(page), /\d+ (people )?(have )?answered/, 'nobody sees how many have answered');
  await fits(page, 'round-running');
  for (const [verb, says] of [
    ['close', /The box is shut/],
    ['open', /Candor has shown nobody a number/],
    ['publish', /The result is published/],
  ]) {
    // What cannot be taken back is confirmed first.
    if (await page.locator(`#confirm-${verb}`).count()) {
      await tabTo(page, `#confirm-${verb}`);
      await page.keyboard.press('Space');
    }
    await tabTo(page, `form[action="/rounds/${demo.round}/${verb}"] button`);
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: says }).waitFor();
    await sound(page, `round-after-${verb}`);
  }
  await tabTo(page, `a[href="/organisation/${demo.round}"]`);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: `Organisation, ${demo.round}` }).waitFor();
  await readable(page);
  await tabTo(page, 'form[action="/sign-out"] button');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  // What stays is the mark of a browser in which somebody has signed in before: it opens nothing, and lets nobody be locked out by a stranger's guesses.
  assert.deepEqual((await context.cookies()).map(({ name, httpOnly }) => [name, httpOnly]), [['candor-known', true]]);
  await context.close();
});

test('the closing mail says "answered", and the saved receipt is found on the public list', async () => {
  const context = await device();
  const page = await context.newPage();
  const mail = page.getByRole('row').filter({ hasText: used.recipient }).filter({ hasNotText: INVITATION }).getByRole('link');
  for (let i = 0; i < 60 && !(await mail.count()); i++) {
    await page.goto(`${demo.console}/mails`);
    if (!(await mail.count())) await page.waitForTimeout(500);
  }
  await mail.click();
  await page.locator('iframe.mail').waitFor();
  const [status] = await Promise.all([context.waitForEvent('page'), page.frameLocator('iframe.mail').locator(`a[href*="/w/${demo.round}/#"]`).first().click()]);
  await shows(status, 'status');
  assert.match(await status.locator('#status').innerText(), /On record: answered\./);
  await status.locator('#receipt-file').setInputFiles({ name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from(used.receipt) });
  await status.locator('#check').click();
  assert.match(await status.locator('#check-result').innerText(), /^Yes\./);
  await sound(status, 'status');
  await page.bringToFront();
  await sound(page, 'closing-mail');
  await context.close();
});

for (const [login, title] of [
  ['plant-south', /Plant South/],
  ['quality', /Quality/],
  ['engineering', /Engineering/],
]) {
  test(`the leader ${login} reads the own result and nothing else`, async () => {
    const context = await device(login === 'quality' ? PHONE : DESK);
    const page = await context.newPage();
    await page.goto(`${demo.console}/sign-in`);
    await signIn(page, login);
    await page.waitForURL(/\/team\//);
    assert.match(await text(page), title);
    assert.deepEqual(await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allInnerTexts(), ['Your team']);
    await readable(page);
    await fits(page, `team-${login}`);
    const response = await page.goto(`${demo.console}/organisation/${demo.round}`);
    assert.ok([403, 404].includes(response.status()));
    await context.close();
  });
}

test('the people of a group read its result without an account, on every device', async () => {
  const page = await (await device()).newPage();
  await page.goto(demo.group);
  assert.match(await text(page), /This is what round \S+ of .+ says about your group/);
  await readable(page);
  const wrong = [];
  await brief(wrong)(page, 'the result of a group');
  assert.deepEqual(wrong, []);
  assert.equal(await page.locator('script, form, a[href^=http]').count(), 0, 'nothing that could send anything');
  await page.context().close();
});

test('nothing was asked of anybody else, and no request carried a secret or a cookie to the survey', async () => {
  assert.ok(requests.length > 100);
  const secret = used.link.split('.').at(-1);
  for (const request of requests) {
    const url = new URL(request.url());
    if (url.protocol === 'data:' || url.protocol === 'blob:') continue;
    assert.ok([respondents, demo.console].includes(url.origin), request.url());
    assert.ok(!url.hash.startsWith('#v1'), `a fragment in ${request.url()}`);
    assert.ok(!url.href.includes(secret) && !(request.headers().referer ?? '').includes(secret), 'the link stays in the browser');
    if (url.origin === respondents) assert.ok(!request.headers().cookie && !request.headers().referer, 'no cookie, no referrer');
  }
});
