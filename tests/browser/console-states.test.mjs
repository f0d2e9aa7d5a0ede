// The states of the console's pages, from an installation in which there is nothing to a round without a result: what is empty, what was refused, what
// stands in the way, what goes wrong on its way, and what has ended. Every address as such is looked at by `console-pages.json` and its tests.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { answer, begin, launch, send } from './browser.mjs';
import { looking, object, oneTimeCode, opened, returned, submit, text, upload } from './console-states.mjs';
import { DATES, PASSWORD, STAFF, eventually, install } from './installation.mjs';

const ROUND = '2026-q4';
const SECOND = '2027-q1';
const HOURS = 3600;
/** The dates of the first round: its grace is longer than a slow machine takes from the draft to the close, so that the round is met while it closes. */
const SLOWLY = ['--closes-in', '2h', '--grace', '10m', '--window', '1h', '--publish-after', '2h', '--publish-by', '4h'];
/** A staff list with a different fault in nearly every line. */
const FAULTY = `person_id,name,mail,team,leaders,language
1001,Ingrid Solberg,ingrid.solberg@nordwind.example,,,en
1001,Tomasz Wolski,tomasz.wolski.nordwind.example,Management,1001,en
1003,Katrin Behrens,katrin.behrens@nordwind.example,Management,1099,de
1004,,amara.okafor@nordwind.example,Management,1001,english
1005,Per Lindqvist,katrin.behrens@nordwind.example,management,1001,en
1010,Jonas Albrecht,jonas.albrecht@nordwind.example,Workshop,1003|,de
1011,Mei Tanaka,mei.tanaka@nordwind.example,Workshop
1012,"Paulo "Ribeiro,paulo.ribeiro@nordwind.example,Workshop,1003,en
`;

let browser;
let server;
let look;
/** Whoever is signed in, each with a page. */
let hr;
let keeper;
const wrong = [];

/** Looks at states and says what is wrong with any of them. */
async function sound(work) {
  await work();
  assert.deepEqual(wrong.splice(0), []);
}

before(async () => {
  server = await install(ROUND, { empty: true });
  browser = await launch();
  look = looking(server, wrong);
  await server.command('account', 'create', '--role', 'hr', '--login', 'hr');
  await server.command('account', 'create', '--role', 'admin', '--login', 'keeper');
  await server.command('account', 'create', '--role', 'key-holder', '--login', 'council');
  [hr, keeper] = [await opened(browser, server, 'hr'), await opened(browser, server, 'keeper')];
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

test('an installation in which there is nothing leads to its first step, and no page is a dead end', () =>
  sound(async () => {
    assert.match(hr.url(), /\/first-steps$/);
    await look(hr, 'empty first steps', '/first-steps', /You can do this now/);
    await look(hr, 'empty organisation', '/organisation', /No result yet[\s\S]*The way to your first round/);
    await look(hr, 'empty rounds', '/rounds', /There is no round yet/);
    await look(await opened(browser, server, 'council'), 'empty rounds of a key holder', '/rounds', /as soon as HR has drafted it/);
    await look(hr, 'empty staff list', '/staff', /There is no staff list yet/);
    await look(hr, 'no file waits', '/staff/upload', /No file waits/);
    await look(hr, 'no teams before', '/staff/reorganisations', /What happened to teams/);
    await look(hr, 'first accounts', '/accounts', /Invite somebody/);
    await look(keeper, 'first accounts of the administrator', '/accounts', /keeper \(you\)/);
    await look(hr, 'first promise log', '/promise-log', /An account was made/);
  }));

test('whoever is not let in reads why, and what to do', () =>
  sound(async () => {
    const nobody = await opened(browser, server);
    const refused = (values) => async (page) => {
      await page.goto(`${server.console}/sign-in`);
      await submit(page, 'form[action="/sign-in"]', values);
    };
    await look(nobody, 'sign-in refused', refused({ login: 'hr', password: 'not this one' }), /This does not fit together/);
    const wrongly = { method: 'POST', headers: { Origin: server.console }, body: new URLSearchParams({ login: 'nobody', password: 'not this one' }) };
    await Promise.all(Array.from({ length: 8 }, () => fetch(`${server.console}/sign-in`, wrongly)));
    await look(nobody, 'too many attempts', refused({ login: 'nobody', password: 'not this one' }), /Too many attempts[\s\S]*Please wait/);
    await look(hr, 'not found', '/nowhere', /There is no such page/);
    await look(keeper, 'not allowed', '/rounds', /This is not for your account/);
    const foreign = async (page) => {
      await page.goto(`${server.console}/account`);
      await submit(page, 'form[action="/account/password"]', { token: 'another', current: PASSWORD, new: PASSWORD, again: PASSWORD });
    };
    await look(hr, 'form of another session', foreign, /Your session has changed since the page was opened/);
    const elsewhere = await opened(browser, server, 'keeper');
    await elsewhere.goto(`${server.console}/account`);
    await submit(elsewhere, 'form[action="/account/sign-out-everywhere"]');
    await look(keeper, 'session ended', '/accounts', /You are signed out/);
  }));

test('a draft without a staff list says what stands in its way on every page, and a form with faults names them all', () =>
  sound(async () => {
    const faults = async (page) => {
      await page.goto(`${server.console}/rounds/new`);
      await submit(page, 'form[action="/rounds/new"]', { name: 'Q4 2026', closes: '2020-01-01T17:00', 'may-extend': '9', window: '0', k: '2' });
    };
    await look(hr, 'draft refused', faults, /This has to change first/);
    await server.command('wave', 'create', ROUND, ...SLOWLY, '--may-extend', '3');
    await look(hr, 'draft without staff', `/rounds/${ROUND}/draft`, /The round cannot be launched yet:\s+The staff list is empty/);
    await look(hr, 'launch without staff', `/rounds/${ROUND}/launch`, /The staff list is empty/);
    await look(hr, 'groups without staff', `/rounds/${ROUND}/groups`, /The staff list is empty/);
    await look(hr, 'round that is drafted', `/rounds/${ROUND}`, /This round is a draft/);
  }));

test('a staff list is refused line by line, looked at before it is taken, and taken', () =>
  sound(async () => {
    const list = await readFile(STAFF);
    await look(hr, 'staff list with faults', (page) => upload(page, server, FAULTY), /11 problems in staff\.csv/);
    await look(hr, 'staff list that is none', (page) => upload(page, server, '%PDF-1.7\n1 0 obj\n', 'staff.pdf'), /One problem[\s\S]*names no column of a staff list/);
    await upload(hr, server, list);
    await look(hr, 'staff list looked at', '/staff/upload', /What the new list changes/);
    await look(hr, 'staff list waits', '/staff', /waits to be looked at and taken over/);
    await hr.goto(`${server.console}/staff/upload`);
    await submit(hr, '#take');
    await look(hr, 'staff list taken', '/staff?done=taken', /On with the way to your first round/);
    await upload(hr, server, list);
    await look(hr, 'staff list that changes nothing', '/staff/upload', /exactly today’s staff list/);
    await upload(hr, server, list.toString().split('\n').slice(0, 12).join('\n'));
    await look(hr, 'staff list cut in half', '/staff/upload', /More than one person in five disappears/);
    await submit(hr, 'form[action="/staff/upload/discard"]');
    await look(hr, 'first steps before the launch', '/first-steps', /See the summary/);
  }));

test('accounts: links that are shown once and used once, a second factor, and its recovery codes', () =>
  sound(async () => {
    const invited = {};
    const invite = (values) => async (page, language) => {
      await page.goto(`${server.console}/accounts`);
      await submit(page, 'form[action="/accounts"]', { ...values, login: `${language}@nordwind.example` });
      invited[language] = await page.locator('#link').innerText();
    };
    await look(hr, 'account refused', async (page) => {
      await page.goto(`${server.console}/accounts`);
      await submit(page, 'form[action="/accounts"]', { login: 'leader', role: 'leader', person: '9999' });
    }, /The staff list has no person of this id/);
    await look(hr, 'link shown once', invite({ role: 'leader', person: '1002' }), /It is shown now and never again/);
    const owner = await opened(browser, server);
    const set = (again) => async (page, language) => {
      await page.goto(invited[language]);
      await submit(page, 'main form', { new: PASSWORD, again });
    };
    await look(owner, 'password refused', set('something else'), /The two new passwords are not the same/);
    await look(owner, 'password set', set(PASSWORD), /Your password is set/);
    await look(owner, 'link used already', (page, language) => page.goto(invited[language]), /This link cannot be used any more/);

    const leader = await opened(browser, server, 'en@nordwind.example');
    await look(leader, 'leader without a result', '/team', /There is no result of a team of yours yet/);
    const factor = `${server.console}/account/second-factor`;
    await look(leader, 'no second factor', '/account/second-factor', /With a second factor, a password alone opens nothing/);
    await submit(leader, 'form[action$="/begin"]');
    await look(leader, 'second factor begun', '/account/second-factor', /Scan this with the app/);
    const key = await leader.locator('main code').innerText();
    const confirm = (code, password) => async (page) => {
      await page.goto(factor);
      await submit(page, 'form[action$="/confirm"]', { code, password });
    };
    await look(leader, 'second factor refused', confirm('000000', PASSWORD), /The code is not right/);
    const codes = async (page) => {
      await page.goto(factor);
      const confirming = (await page.locator('form[action$="/confirm"]').count()) > 0;
      if (confirming) await submit(page, 'form[action$="/confirm"]', { code: oneTimeCode(key), password: PASSWORD });
      else await submit(page, 'form[action$="/codes"]', { password: PASSWORD });
    };
    await look(leader, 'recovery codes', codes, /They are shown now and never again/);
    await look(leader, 'second factor in use', '/account/second-factor', /10 recovery codes are left/);
    const second = async (page) => {
      await page.goto(`${server.console}/sign-in`);
      await submit(page, 'form[action="/sign-in"]', { login: 'en@nordwind.example', password: PASSWORD });
    };
    await look(owner, 'sign-in without its code', second, /Check name and password, and the code/);
  }));

test('a launch is summed up and confirmed, and a running round refuses what was not promised', () =>
  sound(async () => {
    await look(hr, 'launch', `/rounds/${ROUND}/launch`, /You are about to invite 19 people/);
    const unconfirmed = async (page) => {
      await page.goto(`${server.console}/rounds/${ROUND}/launch`);
      await submit(page, 'main form');
    };
    await look(hr, 'launch unconfirmed', unconfirmed, /Nothing was launched\. Tick the box below/);
    await server.command('wave', 'launch', ROUND);
    await eventually('everybody is invited', async () => (await server.links().catch(() => [])).length >= 19);
    await look(hr, 'running', `/rounds/${ROUND}`, /Everybody is invited and people can answer/);
    await look(hr, 'rounds with one that runs', '/rounds', /people can answer/);
    await look(hr, 'organisation while a round runs', '/organisation', /is under way/);
    await look(hr, 'staff list while a round runs', '/staff', /keeps the people, teams and groups as they were at its launch/);
    await look(hr, 'nobody unreached', `/rounds/${ROUND}/mail`, /Candor knows of nobody/);
    const act = (verb, values) => async (page) => {
      await page.goto(`${server.console}/rounds/${ROUND}`);
      await submit(page, `form[action$="/${verb}"]`, values);
    };
    await look(hr, 'extension too long', act('extend', { days: '9', confirm: true }), /by at least one whole day and at most 3/);
    await look(hr, 'ending unconfirmed', act('abort', { reason: 'The wrong questionnaire' }), /tick the box above the button/);
    await server.command('wave', 'create', SECOND, ...DATES, '--may-extend', '3');
    await look(hr, 'draft beside a running round', `/rounds/${SECOND}/draft`, new RegExp(`Round ${ROUND} is still under way`));

    await server.tell(returned('mei.tanaka@nordwind.example', '5.1.1'), 'mail', 'bounce');
    await server.tell(returned('kofi.mensah@nordwind.example', '5.2.2'), 'mail', 'bounce');
    await look(hr, 'mail came back', `/rounds/${ROUND}/mail`, /the mailbox is full[\s\S]*Mei Tanaka[\s\S]*there is no such address/);
    await look(hr, 'round with mail that came back', `/rounds/${ROUND}`, /Who was not reached/);
    const address = async (page) => {
      await page.goto(`${server.console}/rounds/${ROUND}/mail`);
      await submit(page, 'form:has(input[value="1011"])', { mail: 'mei.tanaka' });
    };
    await look(hr, 'address refused', address, /That is not a mail address/);
  }));

test('a round that closes, waits for an answer to objections, and has no result because too few answered', () =>
  sound(async () => {
    const page = await (await browser.newContext()).newPage();
    await begin(page, (await server.links())[0]);
    await answer(page, { 1: 4 });
    await send(page);
    await page.context().close();
    const becomes = (state) =>
      eventually(state, async () => {
        await hr.goto(`${server.console}/rounds/${ROUND}`);
        return (await text(hr)).includes(state);
      });
    const round = `/rounds/${ROUND}`;
    await server.ahead(2 * HOURS);
    await becomes('Answers that were under way may still arrive');
    await look(hr, 'closing', round, /Answers that were under way may still arrive/);
    await server.ahead(2 * HOURS + 610);
    await becomes('Everybody can look up');
    await look(hr, 'closed', round, /Everybody can look up whether their answer is on the list/);
    assert.equal(await object(server, ROUND), 200);
    await look(hr, 'objection before its time', round, /one objection is raised[\s\S]*From .+ on, an answer to the objections/);
    await look(hr, 'rounds with an objection', '/rounds', /objections wait for an answer/);
    await server.ahead(3 * HOURS + 660);
    await look(hr, 'objection to be answered', round, /Answer the objections/);
    const short = async (page) => {
      await page.goto(`${server.console}${round}`);
      await submit(page, 'form[action$="/answer"]', { reason: 'Sorry.', confirm: true });
    };
    await look(hr, 'answer too short', short, /Write 10 to 1000 characters/);
    await hr.goto(`${server.console}${round}`);
    await submit(hr, 'form[action$="/answer"]', { reason: 'A disk failed, and one sealed answer was lost with it. The disk was replaced.', confirm: true });
    await look(hr, 'objection answered', `${round}?done=answer`, /Your answer is public/);
    await becomes('only its fingerprint was kept');
    await look(hr, 'opened', round, /Candor has shown nobody the result/);
    await server.ahead(4 * HOURS + 60);
    await becomes('Too few people answered, so this round has no result');
    await look(hr, 'published', round, /this round has no result/);
    await look(hr, 'organisation without a result', `/organisation/${ROUND}`, /Too few people answered in this round/);
    await hr.goto(`${server.console}/organisation/${ROUND}/take`);
    assert.equal(new URL(hr.url()).pathname, `/organisation/${ROUND}`, 'there is nothing to take along');
    const leader = await opened(browser, server, 'de@nordwind.example');
    await look(leader, 'leader of a round without a result', `/team/${ROUND}`, /Too few people answered in this round/);
  }));

test('a round that is extended, and ended without a result', () =>
  sound(async () => {
    await server.command('wave', 'create', '2027-q2', ...DATES, '--may-extend', '3');
    await server.command('wave', 'launch', '2027-q2');
    const running = '/rounds/2027-q2';
    await hr.goto(`${server.console}${running}`);
    await submit(hr, 'form[action$="/extend"]', { days: '1', confirm: true });
    await look(hr, 'extended', `${running}?done=extend`, /Answering ends later now/);
    await hr.goto(`${server.console}${running}`);
    await submit(hr, 'form[action$="/abort"]', { reason: 'The questionnaire was the wrong one; a new round begins in January.', confirm: true });
    await look(hr, 'ended without a result', `${running}?done=abort`, /The round has ended without a result/);
    await look(hr, 'rounds that ended', '/rounds', /ended without a result/);
    await look(hr, 'promise log of two rounds', '/promise-log', /ended without a result/);
  }));
