// What most people meet on the survey page: from the typed code to the end of the round.
import { readFile } from 'node:fs/promises';
import { begin, shows } from './browser.mjs';
import { OUTSIDE } from './standin.mjs';
import { DAY, ISSUE, REDEEM, check, hold, still, words } from './way.mjs';

/** Ways on which nothing goes wrong, each with the round that it needs. */
export const USUAL = [
  {
    name: 'the typed code',
    async walk(way) {
      const page = await way.tab();
      await page.goto(way.round.base);
      await way.at(page, 'code', 'code');
      await page.locator('#open').click();
      await way.at(page, 'code', 'code that cannot be read');
      await page.locator('#code').fill(way.round.code(0));
      await page.locator('#open').click();
      await way.at(page, 'compare', 'check words to compare');
      await page.locator('#different').click();
      await way.at(page, 'keys', 'other check words');
      const damaged = await way.tab();
      await damaged.goto(way.round.link(0).slice(0, -6));
      await way.at(damaged, 'code', 'damaged link');
    },
  },
  {
    name: 'answering',
    async walk(way) {
      const page = await way.tab();
      await still(page);
      await page.goto(way.round.link(0));
      await way.at(page, 'promise', 'promise');
      await page.locator('#more').click();
      await way.at(page, 'more', 'everything about the promise');
      await page.locator('#verify').click();
      await shows(page, 'verify');
      await page.locator('#check-groups').click();
      await page.locator('#group-list-result').getByText(/./).waitFor();
      await way.at(page, 'verify', 'how to check, with the list of groups checked');
      await page.goBack();
      await page.locator('#back').click();
      await shows(page, 'promise');
      await page.locator('#start').click();
      for (let section = 1; (await shows(page, 'section', 'comments')) === 'section'; section++) {
        await page.locator('fieldset.statement').first().locator('label.option').nth(5).click();
        await page.locator('fieldset.statement').last().locator('label.option').last().click();
        await way.at(page, 'section', `section ${section}`);
        const title = await page.locator('#title').innerText();
        await page.locator('#next').click();
        await page.waitForFunction((before) => document.getElementById('title')?.textContent !== before, title);
      }
      await way.at(page, 'comments', 'open questions');
      await page.locator('#comment-1').fill(`Mr Vogt, ${'unteilbar'.repeat(40)}`);
      await page.locator('#comment-1-notice').getByText(/./).waitFor();
      await way.at(page, 'comments', 'open questions with a warning');
      await page.locator('#next').click();
      await way.at(page, 'review', 'overview');
      await page.locator('#change-2').click();
      await way.at(page, 'section', 'an answer to change');
      await page.locator('#next').click();
      await shows(page, 'review');
      const { held, go } = await hold(page, ISSUE);
      await page.locator('#send').click();
      await held;
      await way.at(page, 'sending', 'sending');
      await page.evaluate((link) => location.assign(link), way.round.link(1));
      await page.locator('#other-link').waitFor();
      await way.at(page, 'sending', 'sending while another link waits');
      go();
      await shows(page, 'receipt');
      await page.locator('#open-other').waitFor();
      await way.at(page, 'receipt', 'receipt while another link waits');
      await page.locator('#open-other').click();
      await shows(page, 'promise');
    },
  },
  {
    name: 'the overview without an answer, stopping and coming back',
    async walk(way) {
      const page = await way.tab();
      await begin(page, way.round.link(0));
      await page.locator('#early').click();
      await shows(page, 'review');
      await page.locator('#send').click();
      await way.at(page, 'review', 'overview without an answer');
      await page.locator('#leave').click();
      await way.at(page, 'left', 'stopped');
      await begin(page, way.round.link(0));
      await page.locator('#statement-1-6').check();
      await page.locator('#back').click();
      await way.at(page, 'promise', 'promise with answers kept');
    },
  },
  {
    name: 'receipt and check',
    async walk(way) {
      const page = await way.tab({ acceptDownloads: true });
      const code = await way.sent(page, 0);
      await way.at(page, 'receipt', 'receipt');
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save-receipt').click()]);
      const file = await readFile(await download.path(), 'utf8');
      await way.at(page, 'receipt', 'receipt saved');
      await page.reload();
      await way.at(page, 'sent', 'reload after the receipt');
      await page.locator('#check-receipt').click();
      await way.at(page, 'check', 'check');
      await page.locator('#check').click();
      await page.locator('#error-summary').waitFor();
      await way.at(page, 'check', 'check without anything to check');
      await check(page, { code });
      await way.at(page, 'check', 'check before the list is there');
      const none = await way.tab();
      await none.goto(way.round.statusLink(1));
      await way.at(none, 'status', 'status: not answered');
      way.round.state = 'closed';
      await check(page, { code });
      await way.at(page, 'check', 'receipt found');
      await check(page, { code: '0000000000000000' });
      await way.at(page, 'check', 'code not found');
      await page.goto(way.round.statusLink(0));
      await way.at(page, 'status', 'status: answered');
      way.round.ballots.clear();
      await check(page, { file });
      await way.at(page, 'status', 'receipt missing');
      await page.locator('#object').click();
      await page.locator('#objected').waitFor();
      await way.at(page, 'status', 'objection counted');
      way.round.answerToObjections = 'A disk was full. It was replaced, and the copy of the night before holds the answer.';
      await check(page, { file });
      await way.at(page, 'status', 'objection answered');
    },
  },
  {
    name: 'the close',
    async walk(way) {
      const [late, between, kept] = [await way.tab(), await way.tab(), await way.tab()];
      await way.toReview(late, 0);
      await way.toReview(between, 1);
      await way.toReview(kept, 2);
      await between.route('**/box', async (route) => {
        if (route.request().postDataBuffer()?.[1] === REDEEM) way.round.state = 'closed';
        return route.continue();
      });
      await between.locator('#send').click();
      await way.at(between, 'closed', 'closed between the requests');
      way.round.state = 'closing';
      await late.locator('#send').click();
      await way.at(late, 'closed', 'closed before Send');
      await kept.reload();
      await way.at(kept, 'closed', 'closed with entries');
      await kept.locator('#delete').click();
      await way.at(kept, 'closed', 'closed');
      const gone = await way.tab();
      way.round.state = 'open';
      await way.toReview(gone, 3);
      way.round.state = 'closed';
      way.round.ahead = 11 * DAY;
      await gone.reload();
      await way.at(gone, 'closed', 'closed, entries deleted');
    },
  },
  {
    name: 'the end without a result',
    async walk(way) {
      const [begun, plain] = [await way.tab(), await way.tab()];
      const { held, go } = await hold(begun, ISSUE);
      await way.toReview(begun, 0);
      await begun.locator('#send').click();
      await held;
      way.round.state = 'ended';
      go();
      await way.at(begun, 'ended', 'ended while answers were on their way');
      await plain.goto(way.round.link(1));
      await way.at(plain, 'ended', 'ended without a result');
    },
  },
  {
    name: 'before the opening',
    round: { opensAt: Date.now() + DAY },
    async walk(way) {
      way.round.state = 'closing';
      const page = await way.tab();
      await page.goto(way.round.link(0));
      await way.at(page, 'not-yet', 'not yet open');
    },
  },
  {
    name: 'a key outside the operator',
    round: { promise: { ...OUTSIDE, weakened_by: ['disk-copies-unknown'] } },
    async walk(way) {
      const page = await way.tab();
      await still(page);
      await page.goto(way.round.link(0));
      await way.at(page, 'promise', 'promise with the key outside');
      await page.route('**/later/*', (route) => route.abort('internetdisconnected'), { times: 1 });
      await page.locator('#more').click();
      await page.locator('#waiting').waitFor();
      await way.at(page, 'loading', 'everything about the promise, without a connection');
      await page.locator('#try-now').click();
      await way.at(page, 'more', 'everything about the promise with the key outside');
      await page.locator('#verify').click();
      await way.at(page, 'verify', 'how to check with the key outside');
      await page.goBack();
      await page.locator('#back').click();
      await shows(page, 'promise');
      await page.locator('#start').click();
      await page.locator('#statement-1-6').check();
      await page.locator('#early').click();
      await way.at(page, 'review', 'overview with the key outside');
    },
  },
  {
    name: 'a shared device',
    async walk(way) {
      const page = await way.tab();
      await still(page);
      await page.goto(`${way.round.base}#shared`);
      await way.at(page, 'code', 'code on a shared device');
      await page.locator('#code').fill(way.round.code(0));
      await page.locator('#open').click();
      await shows(page, 'compare');
      await page.locator('#same').click();
      await way.at(page, 'promise', 'promise on a shared device');
      await page.locator('#start').click();
      await page.locator('#statement-1-6').check();
      await way.at(page, 'section', 'section on a shared device');
      await page.locator('#clear-page').click();
      await page.locator('#still').waitFor();
      await way.at(page, 'section', 'still there?');
      await page.locator('#stay').click();
      await page.locator('#early').click();
      await hold(page, ISSUE, true);
      await page.locator('#send').click();
      await page.locator('#waiting').waitFor();
      await way.at(page, 'sending', 'no connection on a shared device');
      await page.unroute('**/box');
      await page.locator('#try-now').click();
      await way.at(page, 'receipt', 'receipt on a shared device');
      await page.route('**/*', (route) => route.abort('internetdisconnected'));
      await page.locator('#done').click();
      await shows(page, 'cleared');
      // What it says at first gives way to this as soon as the page has asked for the server in vain.
      await page.getByText((await words(page))['shared.offline']).waitFor();
      await way.at(page, 'cleared', 'cleared, without a connection');
    },
  },
];
