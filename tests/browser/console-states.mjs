// What the states of the console's pages are reached and looked at with: forms sent past the browser's own checks, one-time codes, returned mails,
// objections, and a look that takes each state in both languages, on a phone in the dark and on a desk in the light.
import { execFile } from 'node:child_process';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ed25519 } from '@noble/curves/ed25519.js';
import { DESK, PHONE } from './browser.mjs';
import { axe, contrast, crowded, headings, letters, narrow, tables, twiceAsLarge, unfold } from './checks.mjs';
import { PASSWORD } from './installation.mjs';

const SHOTS = process.env.BROWSER_SHOTS;
/** Both languages of the console, each in the place where it is looked at closely; the rules that do not depend on words are kept in the first. */
const LOOKS = [
  { language: 'en', viewport: PHONE.viewport, colorScheme: 'dark', rules: axe },
  { language: 'de', viewport: DESK.viewport, colorScheme: 'light', rules: contrast },
];

/** What the page says. */
export const text = (page) => page.locator('main').innerText();

/** A page of its own, of somebody who is signed in, or of nobody. */
export async function opened(browser, server, login) {
  const page = await (await browser.newContext(DESK)).newPage();
  await page.goto(`${server.console}/sign-in`);
  if (login === undefined) return page;
  await submit(page, 'form[action="/sign-in"]', { login, password: PASSWORD });
  await page.locator('form.out').waitFor();
  return page;
}

/** Sends a form with these values, also what the browser itself would hold back. */
export async function submit(page, form, values = {}) {
  const sent = page.locator(form).evaluate((form, values) => {
    for (const [name, value] of Object.entries(values)) {
      const field = form.elements.namedItem(name);
      if (field.type === 'checkbox') field.checked = value;
      else {
        if (field.tagName === 'SELECT' && ![...field.options].some((option) => option.value === value)) field.add(new Option(value, value));
        field.value = value;
      }
    }
    form.noValidate = true;
    form.requestSubmit();
  }, values);
  await Promise.all([page.waitForEvent('load'), sent]);
}

/** Uploads a file as the staff list. */
export async function upload(page, server, bytes, name = 'staff.csv') {
  await page.goto(`${server.console}/staff`);
  await page.locator('#list').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(bytes) });
  await submit(page, 'form[action="/staff/upload"]');
}

/**
 * Looks at a state: what is wrong with it is added to `wrong`. `arrive` is an address, or leads there by other ways, once for each language; the
 * state is known by what it says in English. With BROWSER_SHOTS=<folder> it is photographed.
 */
export const looking = (server, wrong) => async (page, state, arrive, says) => {
  for (const { language, viewport, colorScheme, rules } of LOOKS) {
    const note = (where, found) => wrong.push(...found.map((one) => `${state}, ${language}, ${where}: ${one}`));
    await page.context().addCookies([{ name: 'candor-language', value: language, url: server.console }]);
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    if (typeof arrive === 'string') await page.goto(`${server.console}${arrive}`);
    else await arrive(page, language);
    if ((await page.evaluate(() => document.documentElement.lang)) !== language) note('any width', ['speaks another language']);
    const said = await page.locator('body').innerText();
    if (language === 'en' && !says.test(said)) note('any width', [`does not say ${says}: ${said}`]);
    await shoot(page, `${state}-${language}-${viewport.width}-${colorScheme}`);
    await unfold(page);
    note(`${viewport.width} px, ${colorScheme}`, [...(await rules(page)), ...(await headings(page)), ...(await tables(page)), ...(await letters(page)), ...(await crowded(page))]);
    for (const { viewport: other } of LOOKS) {
      await page.setViewportSize(other);
      note(`${other.width} px`, await narrow(page));
      if (other === PHONE.viewport) note('360 px, text at 200 %', await twiceAsLarge(page, () => narrow(page)));
      if (other !== viewport) await shoot(page, `${state}-${language}-${other.width}-${colorScheme}`);
    }
  }
  await page.context().addCookies([{ name: 'candor-language', value: 'en', url: server.console }]);
  await page.setViewportSize(DESK.viewport);
  await page.emulateMedia({ colorScheme: null });
};

async function shoot(page, name) {
  if (!SHOTS) return;
  await mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SHOTS, `state-${name.replaceAll(/[^\w]+/g, '-')}.png`), fullPage: true });
}

/** The one-time code of a key in base 32 at this moment (RFC 6238, with SHA-1, six digits and half a minute, as apps count). */
export function oneTimeCode(key) {
  const bits = [...key.replaceAll(/[\s=]/g, '')].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** What a mail server sends back for an address (RFC 3464). */
export const returned = (address, status) =>
  [
    'From: MAILER-DAEMON@mx.example.org',
    'To: survey@example.org',
    'Subject: Undelivered Mail Returned to Sender',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="returned"',
    '',
    '--returned',
    'Content-Type: text/plain',
    '',
    'Sorry.',
    '',
    '--returned',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.org',
    '',
    `Final-Recipient: rfc822; ${address}`,
    'Action: failed',
    `Status: ${status}`,
    '',
    '--returned--',
    '',
  ].join('\r\n');

const BOARD_KEY = `import sqlite3, sys
print(sqlite3.connect(sys.argv[1], timeout=20).execute('SELECT hex(board_key) FROM wave WHERE id = ?', (sys.argv[2],)).fetchone()[0])`;

/** Objects to a closed round as somebody does whose receipt was signed and whose answer is not on the list; the status that comes back. */
export async function object(server, round) {
  const { stdout } = await promisify(execFile)('python3', ['-c', BOARD_KEY, path.join(server.folder, 'responses.db'), round]);
  const sheet = Buffer.from(await (await fetch(`${server.base}manifest`)).arrayBuffer());
  const leaf = randomBytes(32);
  const receipt = Buffer.concat([Buffer.from('candor/v1/receipt\0'), createHash('sha256').update(sheet).digest(), leaf]);
  const body = Buffer.alloc(4608);
  body.set([1, 5]);
  leaf.copy(body, 2);
  body.set(ed25519.sign(receipt, Buffer.from(stdout.trim(), 'hex')), 34);
  const response = await fetch(`${server.base}box`, { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body });
  return response.status;
}
