// What people meet when something is lost, refused or not what it seems.
import { begin, shows, speakUp } from './browser.mjs';
import { ISSUE, LEAF, REDEEM, forgetful, hold, outcome, still } from './way.mjs';

/** Ways on which something goes wrong, each with the round that it needs. */
export const TROUBLE = [
  {
    name: 'links that were used or are not known',
    async walk(way) {
      const device = await way.tab();
      await hold(device, REDEEM, true);
      await still(device);
      await way.toReview(device, 0);
      await device.locator('#send').click();
      await device.locator('#waiting').waitFor();
      await way.at(device, 'sending', 'no connection between the requests');
      const again = await device.context().newPage();
      await again.goto(way.round.link(0));
      await way.at(again, 'used', 'used, with an unfinished sending');
      const other = await way.tab();
      await other.goto(way.round.link(0));
      await way.at(other, 'used', 'used');
      await other.goto(way.round.link(1).replace(/.{17}$/, '00000000000000000'));
      await way.at(other, 'unknown', 'unknown link');
      await other.route('**/round', (route) => route.fulfill({ status: 404, body: '' }));
      await other.goto(way.round.base);
      await other.goto(way.round.link(1));
      await way.at(other, 'no-round', 'unknown round');
    },
  },
  {
    name: 'connections',
    async walk(way) {
      const before = await way.tab();
      await hold(before, ISSUE, true);
      await still(before);
      await way.toReview(before, 0);
      await before.locator('#send').click();
      await before.locator('#waiting').waitFor();
      await way.at(before, 'sending', 'no connection before the requests');
      const opening = await way.tab();
      await still(opening);
      const { held } = await hold(opening, LEAF);
      await opening.goto(way.round.link(1));
      await held;
      await way.at(opening, 'loading', 'loading');
      const busy = await way.tab();
      await still(busy);
      way.round.busy = 1;
      way.round.wait = 300;
      await busy.goto(way.round.link(1));
      await busy.locator('#waiting').waitFor();
      await way.at(busy, 'loading', 'busy server');
    },
  },
  {
    name: 'a browser that keeps nothing',
    async walk(way) {
      const page = await way.tab();
      await forgetful(page);
      await still(page);
      await page.goto(way.round.link(0));
      await way.at(page, 'promise', 'promise without storage');
      await page.locator('#start').click();
      await way.at(page, 'section', 'section without storage');
      await page.locator('#statement-1-6').check();
      await page.locator('#early').click();
      await way.at(page, 'review', 'overview without storage');
      await hold(page, REDEEM, true);
      await page.locator('#send').click();
      await page.locator('#waiting').waitFor();
      await way.at(page, 'sending', 'no connection and no storage');
      await page.unroute('**/box');
      await page.locator('#try-now').click();
      await way.at(page, 'receipt', 'receipt without storage');
    },
  },
  {
    name: 'another tab',
    async walk(way) {
      const link = way.round.link(0);
      const first = await way.tab();
      const second = await first.context().newPage();
      await begin(second, link);
      await first.bringToFront();
      await begin(first, link);
      await first.locator('#statement-1-6').check();
      await first.locator('#early').click();
      await shows(first, 'review');
      await first.locator('#send').click();
      await shows(first, 'receipt');
      await way.at(second, 'elsewhere', 'sent from another tab');
    },
  },
  {
    name: 'a promise of another edition',
    round: { promise: { format: 'candor-manifest/99' } },
    async walk(way) {
      const page = await way.tab();
      await page.goto(way.round.link(0));
      await way.at(page, 'unsupported', 'another edition');
    },
  },
  {
    name: 'what is refused',
    async walk(way) {
      const leaf = await way.tab();
      await outcome(leaf, LEAF, 1);
      await leaf.goto(way.round.link(0));
      await way.at(leaf, 'refused', 'refused');
      const redeem = await way.tab();
      await outcome(redeem, REDEEM, 5);
      await way.toReview(redeem, 0);
      await redeem.locator('#send').click();
      await way.at(redeem, 'refused', 'refused, to be tried again');
      const failing = await way.tab();
      await failing.addInitScript(() => (crypto.subtle.importKey = () => Promise.reject(new Error('no key'))));
      await failing.goto(way.round.link(1));
      await way.at(failing, 'unexpected', 'unexpected');
      const insecure = await way.tab();
      await insecure.goto(way.round.link(1).replace('127.0.0.1', 'insecure.test'));
      await way.at(insecure, 'insecure', 'without https');
    },
  },
  {
    name: 'what is not believed',
    async walk(way) {
      const tagged = await way.tab();
      await way.toReview(tagged, 0);
      const { issuingKey } = way.round;
      way.round.issuingKey = Uint8Array.from(issuingKey, (byte, i) => (i === 0 ? byte ^ 1 : byte));
      await tagged.locator('#send').click();
      await way.at(tagged, 'keys', 'another key for one person');
      way.round.issuingKey = issuingKey;
      const moved = await way.tab();
      await way.toReview(moved, 2);
      way.round.issuedGroup = 0;
      await moved.locator('#send').click();
      await way.at(moved, 'keys', 'a right to answer for another group');
      way.round.issuedGroup = undefined;
      const altered = await way.tab();
      way.round.served = { instrument: '{"items":[]}' };
      await altered.goto(way.round.link(1));
      await way.at(altered, 'altered', 'other statements');
      const another = await way.tab();
      way.round.served = { manifest: Buffer.from(way.round.manifestBytes.toString().replace('"k":5', '"k":4')) };
      await another.goto(way.round.link(1));
      await way.at(another, 'keys', 'another promise');
      way.round.served = {};
      const list = await way.tab();
      await list.goto(way.round.statusLink(1));
      await shows(list, 'status');
      way.round.state = 'closed';
      const none = '0'.repeat(64);
      way.round.served = { board: JSON.stringify({ format: 'candor-board/1', wave: '2026-q4', manifest: Buffer.from(way.round.h).toString('hex'), invited: 44, issued: 0, spent: 0, root: none, signature: 'A'.repeat(86), leaves: [] }) };
      await list.locator('#short-code').fill('ABCDEFGHJKMNPQRS');
      await list.locator('#check').click();
      await way.at(list, 'keys', 'a list that is not signed');
    },
  },
  {
    name: 'before the program runs',
    async walk(way) {
      // What a browser without scripts shows, in one that has them: nothing could be asked of the other.
      const bare = await way.tab();
      await bare.route(way.round.base, async (route) => {
        const response = await route.fetch();
        const shell = await response.text();
        await route.fulfill({ response, body: shell.replace(/<script .*?<\/script>/g, '').replaceAll('noscript>', 'div>').replace(/<div class="late">[^]*?<\/div>/, '') });
      });
      await bare.goto(way.round.link(0));
      await bare.getByText('needs JavaScript').waitFor();
      await way.at(bare, undefined, 'without JavaScript');
      const blocked = await way.tab();
      way.round.served = { 'client.js': 'alert(1)' };
      await blocked.goto(way.round.link(0));
      await speakUp(blocked);
      await blocked.waitForFunction(() => getComputedStyle(document.querySelector('.late')).visibility === 'visible');
      await way.at(blocked, undefined, 'program blocked');
    },
  },
];
