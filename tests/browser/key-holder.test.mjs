// A round whose key somebody outside the operator holds, on the pages of the console and with the key holder's own program, from its draft to its result.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { DESK, answer, launch, send, shows } from './browser.mjs';
import { PASSPHRASE, keyHolder } from './holder.mjs';
import { PASSWORD, eventually, install } from './installation.mjs';
import { axe, contrast, focus, headings, narrow, targets, twiceAsLarge, unfold } from './checks.mjs';

const ROUND = '2026-q4';
const HOLDER = 'Works council, Vera Albers';
const SHOTS = process.env.BROWSER_SHOTS;
const SIX_WORDS = /(?:[a-z]{5} ){5}[a-z]{5}/;

let browser;
let server;
/** The key holder in front of their page, and what was said when they made their key there. */
let holding;
let made;
/** The links of everybody who was invited, and the receipt of the one who answers. */
let links;
let receipt;

const text = (page) => page.locator('main').innerText();

/** Makes a key on the key holder's page; where its public half lies. */
async function keys(installation) {
  holding = await keyHolder(browser, installation, lookAtHolder);
  made = await holding.makeKeys(ROUND, HOLDER);
  return holding.file(`${ROUND}.public.json`);
}

before(async () => {
  if (SHOTS) await mkdir(SHOTS, { recursive: true });
  browser = await launch();
  server = await install(ROUND, { holder: keys });
  await server.command('account', 'create', '--role', 'hr', '--login', 'hr');
  await server.command('account', 'create', '--role', 'key-holder', '--login', 'council');
});
after(async () => {
  holding?.stop();
  await browser?.close();
  await server?.remove();
});

async function signedIn(login) {
  const page = await (await browser.newContext(DESK)).newPage();
  await page.goto(`${server.console}/sign-in`);
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('main button').click();
  await page.locator('form.out').waitFor();
  return page;
}

/** Looks at a page as it stands, at these widths in these lights, and photographs it in all four with BROWSER_SHOTS=<folder>. */
async function looked(page, name, lights = { 360: ['light', 'dark'], 1280: ['light', 'dark'] }) {
  const wrong = [];
  for (const [width, schemes] of Object.entries(lights)) {
    const note = (where, found) => wrong.push(...found.map((one) => `${name}, ${width} px, ${where}: ${one}`));
    await page.setViewportSize({ width: Number(width), height: 900 });
    for (const colorScheme of SHOTS ? ['light', 'dark'] : []) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path.join(SHOTS, `key-holder-${name.replaceAll(/\W+/g, '-')}-${width}-${colorScheme}.png`), fullPage: true });
    }
    await unfold(page);
    for (const [look, colorScheme] of schemes.entries()) {
      await page.emulateMedia({ colorScheme });
      // In another light only the colours are others.
      note(colorScheme, await (look === 0 ? axe(page) : contrast(page)));
    }
    note('any light', [...(await headings(page)), ...(await narrow(page))]);
    note('text at 200 %', await twiceAsLarge(page, () => narrow(page)));
  }
  await page.setViewportSize(DESK.viewport);
  await page.emulateMedia({ colorScheme: null });
  return wrong;
}

/** Looks at a page of the console in both languages. */
async function look(page, name) {
  const wrong = [];
  for (const language of ['en', 'de']) {
    await page.context().addCookies([{ name: 'candor-language', value: language, url: server.console }]);
    await page.reload();
    assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    wrong.push(...(await looked(page, `${name}, ${language}`)));
  }
  await page.context().addCookies([{ name: 'candor-language', value: 'en', url: server.console }]);
  await page.reload();
  assert.deepEqual(wrong, []);
}

/** Looks at the key holder's own page: also whether the keyboard alone finds its way, and whether every target is large enough for a finger. */
async function lookAtHolder(page, name) {
  const folded = await page.evaluate(() => [...document.querySelectorAll('details')].map(({ open }) => open));
  const wrong = [...(await looked(page, `own page, ${name}`, { 360: ['light'], 1280: ['dark'] })), ...(await targets(page)), ...(await focus(page))];
  await page.evaluate((open) => document.querySelectorAll('details').forEach((details, place) => (details.open = open[place])), folded);
  assert.deepEqual(wrong, []);
}

test('a key holder makes a key on their own page, and tries its shares before the paper is destroyed', async () => {
  assert.match(made.slip, /Not done\s+The two passphrases differ; nothing was made\./);
  assert.match(made.said, SIX_WORDS);
  const [first, second, third] = made.shares;
  assert.deepEqual(made.shares.map((rows) => rows.length), [4, 4, 4]);
  assert.match(await holding.tryShares([second], 'one share of two'), /More shares are needed than were typed\./);
  const mistyped = [...third.slice(0, 3), third[3].replace(/.$/, (last) => (last === '0' ? '1' : '0'))];
  assert.match(await holding.tryShares([second, mistyped], 'row mistyped'), /Row 4 of the second share: .*typing mistake/);
  // What was right stands there still.
  assert.equal(await holding.page.locator('#check-1-2').inputValue(), second[1]);
  await holding.page.locator('#check-2-4').fill(third[3]);
  assert.match(await holding.tryShares([], 'shares tried'), /These 2 shares give the key of round 2026-q4 back/);
  assert.match(await holding.tryShares([third, first]), /give the key of round 2026-q4 back/);
  assert.match(await holding.destroyPaper(), /is overwritten and removed/);
});

test('a draft names a key on its page, shows its fingerprint, and names none again', async () => {
  const hr = await signedIn('hr');
  await hr.goto(`${server.console}/rounds/new`);
  await hr.locator('#name').fill('2027-q1');
  await hr.locator('main form button').last().click();
  await hr.waitForURL(/\/rounds\/2027-q1\/draft/);
  await hr.getByRole('link', { name: 'Let somebody outside hold the key' }).click();
  await look(hr, 'no key');
  const foreign = await readFile(path.join(server.folder, 'holder', `${ROUND}.public.json`));
  await hr.locator('#file').setInputFiles({ name: 'key.json', mimeType: 'application/json', buffer: foreign });
  await hr.getByRole('button', { name: 'Take this key into the draft' }).click();
  assert.match(await text(hr), /This file is of a key for round 2026-q4/);
  const folder = path.join(server.folder, 'other');
  const passphrase = path.join(server.folder, 'passphrase');
  await writeFile(passphrase, `${PASSPHRASE}\n`);
  await server.command('trustee', 'keys', '2027-q1', '--holder', HOLDER, '--no-shares', '--folder', folder, '--passphrase-file', passphrase);
  await hr.locator('#file').setInputFiles(path.join(folder, '2027-q1.public.json'));
  await hr.getByRole('button', { name: 'Take this key into the draft' }).click();
  await hr.waitForURL(/done=named/);
  assert.match(await text(hr), SIX_WORDS);
  await look(hr, 'key named');
  await hr.locator('summary').click();
  await hr.getByRole('button', { name: 'Name no key holder' }).click();
  await hr.waitForURL(/done=removed/);
  assert.doesNotMatch(await text(hr), SIX_WORDS);
});

test('what waits is handed over and signed, and only the countersignature invites everybody and shows the check words', async () => {
  const [hr, council] = [await signedIn('hr'), await signedIn('council')];
  const fingerprint = SIX_WORDS.exec(made.said)[0];
  await hr.goto(`${server.console}/rounds/${ROUND}/launch`);
  assert.match(await text(hr), /Nobody is invited by that: Works council, Vera Albers reads and countersigns/);
  await look(hr, 'launch');
  await hr.locator('#confirm').check();
  await hr.getByRole('button', { name: 'Freeze it, and compose the promise sheet' }).click();
  await hr.waitForURL(/\/key-holder$/, { timeout: 60_000 }).catch(async (error) => {
    throw new Error(`${error.message}\n${hr.url()} says: ${await text(hr)}`);
  });
  for (const page of [hr, council]) {
    await page.goto(`${server.console}/rounds/${ROUND}`);
    await page.getByRole('link', { name: 'Hand over the promise sheet' }).click();
    assert.deepEqual([...(await text(page)).matchAll(new RegExp(SIX_WORDS, 'g'))].map(String), [fingerprint], 'the fingerprint, and no check words');
  }
  await look(council, 'waits');
  await hr.goto(`${server.console}/rounds/${ROUND}`);
  await look(hr, 'round that waits');
  assert.equal((await fetch(`${server.base}manifest`)).status, 404);
  assert.deepEqual(await server.links().catch(() => []), []);

  await council.goto(`${server.console}/rounds/${ROUND}/key-holder`);
  const [download] = await Promise.all([council.waitForEvent('download'), council.getByRole('link', { name: 'Take the draft of the promise sheet' }).click()]);
  const sheet = path.join(server.folder, 'sheet.json');
  await download.saveAs(sheet);
  await holding.take(sheet);
  const told = await holding.read(ROUND);
  assert.match(told, /What people are asked/);
  assert.match(told, /The key is held by Works council, Vera Albers, and not by the operator\./);
  assert.match(told, /until \d+ [A-Z][a-z]+ \d{4}, \d\d:\d\d(:\d\d)? UTC/);
  assert.match(await holding.test(), /was opened with what you hold/);
  assert.match(await holding.sign('no', 'not signed'), /Nothing was signed\./);
  const words = SIX_WORDS.exec((await holding.sign('sign', 'signed')).split('Make these words known')[1])[0];
  await council.locator('#file').setInputFiles(sheet);
  await council.getByRole('button', { name: 'Invite everybody under this countersignature' }).click();
  assert.match(await text(council), /This is no countersignature/);
  await council.locator('#file').setInputFiles(holding.file(`${ROUND}.countersignature.json`));
  await council.getByRole('button', { name: 'Invite everybody under this countersignature' }).click();
  await council.waitForURL(/done=launch/);
  assert.match(await text(council), new RegExp(words));
  await council.getByRole('link', { name: 'The key holder’s part' }).click();
  assert.match(await text(council), new RegExp(words));
  await look(council, 'signed');
  links = await eventually('everybody is invited', async () => {
    const found = await server.links().catch(() => []);
    return found.length >= 12 && found;
  });
  const signed = await (await fetch(`${server.base}countersignature`)).json();
  assert.equal(signed.format, 'candor-countersignature/2');
});

test('somebody answers on the survey page, which says who holds the key, and finds the receipt on the list once the round is closed', async () => {
  const page = await (await browser.newContext(DESK)).newPage();
  await page.goto(links[0]);
  await shows(page, 'promise');
  assert.match(await text(page), /sealed answers without their key, which Works council, Vera Albers has/);
  await page.locator('#start').click();
  await shows(page, 'section');
  await answer(page, { 1: 4, 2: 6 });
  assert.match(await text(page), /Works council, Vera Albers has the key, not the operator/);
  receipt = await send(page);

  await server.ahead(2 * 3600);
  await eventually('the round closes', async () => (await server.outcome()) === 4);
  // The minute of grace need not be waited for.
  await server.ahead(2 * 3600 + 120);
  await eventually('the box is shut', () => fetch(`${server.base}board`).then((found) => found.ok, () => false));
  await page.goto('about:blank');
  await page.goto(links[1]);
  await shows(page, 'closed');
  await page.locator('#check-receipt').click();
  for (const [code, found] of [
    ['0000-0000-0000-0000', 'bad'],
    [receipt, 'good'],
  ]) {
    await page.locator('#short-code').fill(code);
    await page.locator('#check').click();
    await page.locator(`#check-result.${found}`).waitFor();
  }
});

test('the sealed answers go out, the signed result comes in and is kept until it is published', async () => {
  const list = await (await fetch(`${server.base}board`)).text();
  assert.equal(JSON.parse(list).spent, 1);
  const [hr, council] = [await signedIn('hr'), await signedIn('council')];
  const part = `${server.console}/rounds/${ROUND}/key-holder`;
  await council.goto(part);
  assert.doesNotMatch(await text(council), /Take the sealed answers/);
  assert.match(await text(council), /Works council, Vera Albers holds the key; Candor cannot open an answer/);

  await server.ahead(3 * 3600 + 180);
  await hr.goto(`${server.console}/rounds/${ROUND}`);
  await look(hr, 'round that waits for its result');
  await hr.getByRole('link', { name: 'Hand over the sealed answers' }).click();
  await look(hr, 'hand over');
  await council.goto(part);
  const [download] = await Promise.all([council.waitForEvent('download'), council.getByRole('link', { name: 'Take the sealed answers' }).click()]);
  const [bundle, board] = ['bundle.json', 'board.json'].map((name) => path.join(server.folder, name));
  await download.saveAs(bundle);
  await writeFile(board, list);
  for (const file of [bundle, board]) await holding.take(file);
  assert.match(await holding.open(ROUND, made.shares.slice(1)), /1 answer of \d+ people/);
  await council.locator('#file').setInputFiles(board);
  await council.getByRole('button', { name: 'Check the result and take it in' }).click();
  assert.match(await text(council), /This is not a signed result/);
  await council.locator('#file').setInputFiles(holding.file(`${ROUND}.result.json`));
  await council.getByRole('button', { name: 'Check the result and take it in' }).click();
  await council.waitForURL(/done=result/);
  assert.match(await text(council), /was checked and is kept for its publication/);
  await council.getByRole('link', { name: 'The key holder’s part' }).click();
  assert.match(await text(council), /What was checked/);
  await look(council, 'checked');

  await server.ahead(4 * 3600 + 240);
  await eventually('the result is published', async () => {
    await hr.goto(`${server.console}/rounds/${ROUND}`);
    return /as Works council, Vera Albers signed it/.test(await text(hr));
  });
  await look(hr, 'published');
  assert.match(await server.command('release', 'check', ROUND), /Signed by Works council, Vera Albers/);

  await hr.goto(part);
  await look(hr, 'signed result');
  await council.goto(part);
  await look(council, 'signed result for its signer');
  await council.locator('#file').setInputFiles(holding.file(`${ROUND}.result.json`));
  const [signed] = await Promise.all([council.waitForEvent('download'), council.getByRole('button', { name: 'Get it back with all its signatures' }).click()]);
  await signed.saveAs(path.join(server.folder, 'signed.json'));
  const said = await server.command('release', 'check', path.join(server.folder, 'signed.json'), '--list', board);
  assert.match(said, /All signatures in .*signed\.json hold/);
  assert.ok(said.includes(SIX_WORDS.exec(made.said)[0]), said);

  assert.match(await holding.destroy(ROUND), /Burn or shred all shares/);
  assert.equal(await holding.end(), 0);
});
