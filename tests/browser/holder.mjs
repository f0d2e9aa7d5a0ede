// The key holder's page, as the program serves it to one browser of the same machine, in the hands of a key holder.
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';

/** The words that keep the key's file. */
export const PASSPHRASE = 'four plain old words';

/**
 * Starts the key holder's page on a folder of their own, and opens it. `look` is called with the page and the name of what it shows, at each state that is
 * new; it may change the size of the window and the colours, but not the page.
 */
export async function keyHolder(browser, installation, look = async () => undefined) {
  const folder = path.join(installation.folder, 'holder');
  await mkdir(folder, { recursive: true });
  const program = installation.begin('trustee', 'serve', '--folder', folder);
  const ended = new Promise((resolve) => program.once('close', resolve));
  const address = await new Promise((resolve, reject) => {
    let said = '';
    program.stdout.setEncoding('utf8').on('data', (more) => {
      said += more;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\//);
      if (found) resolve(found[0]);
    });
    ended.then((code) => reject(new Error(`the key holder's page ended with ${code}: ${said}`)));
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  /** The form behind a summary, unfolded. */
  const opened = async (summary) => {
    const form = page.locator('details', { has: page.getByText(summary, { exact: true }) }).last();
    if (!(await form.evaluate(({ open }) => open))) await form.locator('summary').first().click();
    return form;
  };
  /** Presses a button of a form and looks at what comes of it; what the page says, and on to the round unless the same form is there again. */
  const press = async (place, button, name) => {
    const before = await page.evaluate(() => performance.timeOrigin);
    await place.getByRole('button', { name: button, exact: true }).click();
    await page.waitForFunction((time) => performance.timeOrigin !== time && document.readyState === 'complete', before);
    const said = await page.locator('main').innerText();
    if (name) await look(page, name);
    const goOn = page.getByRole('link', { name: 'Go on' });
    if (await goOn.isVisible()) await goOn.click();
    return said;
  };
  const type = async (form, of, shares) => {
    for (const [share, rows] of shares.entries()) for (const [row, typed] of rows.entries()) await form.locator(`#${of}-${share + 1}-${row + 1}`).fill(typed);
  };
  await page.goto(address);

  return {
    page,
    folder,
    /** Where a file lies that the page made. */
    file: (name) => path.join(folder, name),
    /** Puts a file where the page finds it. */
    take: (file) => copyFile(file, path.join(folder, path.basename(file))),
    /** Makes the keys of a round, and two shares of three; what was said, and the rows of the three shares. */
    async makeKeys(round, holder) {
      await look(page, 'nothing yet');
      await page.locator('#keys-wave').fill(round);
      await page.locator('#keys-holder').fill(holder);
      const fill = async (again, name) => {
        await page.locator('#keys-passphrase').fill(PASSPHRASE);
        await page.locator('#keys-again').fill(again);
        return press(page, 'Make the keys', name);
      };
      const slip = await fill('something else again', 'two passphrases');
      const said = await fill(PASSPHRASE, 'keys made');
      await look(page, 'round with a paper');
      await page.getByRole('link', { name: 'Open the paper' }).click();
      await page.locator('ol.rows').first().waitFor();
      const shares = await page.locator('ol.rows').evaluateAll((lists) => lists.map((list) => [...list.children].map(({ textContent }) => textContent)));
      await page.goBack();
      return { said, slip, shares };
    },
    /** Tries shares; what is said. */
    async tryShares(shares, name) {
      const form = await opened('Try shares');
      await type(form, 'check', shares);
      return press(form, 'Try', name);
    },
    /** Overwrites the file of the paper; what is said. */
    destroyPaper: async () => press(await opened('The paper is printed, and two shares were tried'), 'Destroy the file of the paper'),
    /** Reads the promise sheet of the folder; what is said. */
    async read(round) {
      await page.goto(`${address}${round}/`);
      return press(page, 'Read it in plain words', 'promise sheet');
    },
    /** Opens a test that the page seals itself; what is said. */
    async test() {
      const form = await opened('Open a test that somebody sealed');
      await form.locator('#test-passphrase').fill(PASSPHRASE);
      return press(form, 'Open the test');
    },
    /** Signs the promise sheet with this word typed; what is said. */
    async sign(word, name) {
      const form = await opened('Sign it, once you have read it');
      await form.locator('#sign-passphrase').fill(PASSPHRASE);
      await form.locator('#sign-word').fill(word);
      return press(form, 'Sign', name);
    },
    /** Opens all answers of the folder with two shares; what is said. */
    async open(round, shares) {
      await page.goto(`${address}${round}/`);
      await look(page, 'round to be opened');
      const form = page.locator('section', { has: page.getByRole('heading', { name: '3. Open all answers' }) });
      await form.getByText('Shares instead of the passphrase').click();
      await type(form, 'open', shares);
      return press(form, 'Open, compute and sign', 'answers opened');
    },
    /** Destroys the key; what is said. */
    async destroy(round) {
      await page.goto(`${address}${round}/`);
      const said = await press(await opened('The result is published'), 'Destroy the key', 'key destroyed');
      await page.goto(address);
      await look(page, 'rounds');
      return said;
    },
    /** Ends the page as a person does; the exit code of the program. */
    async end() {
      await page.goto(address);
      await page.getByRole('button', { name: 'End this page' }).click();
      await page.getByRole('heading', { name: 'This page has ended' }).waitFor();
      await look(page, 'ended');
      await context.close();
      return ended;
    },
    /** Ends the program, whatever it does. */
    stop: () => program.kill('SIGKILL'),
  };
}
