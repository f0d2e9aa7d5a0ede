// The survey page: reads the personal link, checks the round, lets a person answer, sends, and shows the receipt.
import { Outcome, type Standing, leafRequest, post, readStanding, statusRequest } from './box.ts';
import { Answers } from './answers.ts';
import { type Bytes, base64url, equal } from './bytes.ts';
import { now } from './clock.ts';
import { WrongKey } from './credential.ts';
import { button, el } from './dom.ts';
import { forget, forgetDraft, keepLink, keptLink } from './draft.ts';
import { type Membership, WrongLeaf, readMembership } from './group.ts';
import { Malformed } from './json.ts';
import { addressOf, isShared, watchShared } from './kiosk.ts';
import { type Link, linkInAddress, waveOf } from './link.ts';
import { showCheckPage } from './pages/check.ts';
import { showCodePage, showComparePage } from './pages/code.ts';
import { altered, changedKeys, elsewhere, insecure, loading, moment, noRound, notYet, notice, sent, unsupported } from './pages/notices.ts';
import { receiptPage } from './pages/receipt.ts';
import { type Stage, closed, closedWithEntries, ended, refused, sendingPage, used, wrongReceipt } from './pages/sending.ts';
import { type Notice, patience, withNotice } from './pages/waiting.ts';
import { receiptLeaf } from './receipt.ts';
import { type Pending, type Records, inMemory, openRecords } from './record.ts';
import { type Patience, Refused, WrongGroup, WrongReceipt, finish, persist, prepare } from './sending.ts';
import { type Survey, survey } from './survey.ts';
import { alone, listen } from './tabs.ts';
import { fetchAllWords, fetchWords } from './speech.ts';
import { belongTo, onAlteredWords, setAside, show, shownLanguage, t, update } from './ui.ts';
import { openVault } from './vault.ts';
import { onWaking } from './waking.ts';
import { Altered, NoSuchWave, type Wave, basePath, fetchWave, upToDate } from './wave.ts';
import { addressInformally } from './words.ts';

/** What the browser has compared this program with before it ran. Only known while the script runs for the first time. */
const INTEGRITY = document.currentScript instanceof HTMLScriptElement ? document.currentScript.integrity : '';

/** The round that was opened last. */
let round: Wave | undefined;
/** The survey that is being answered, and whether answers are on their way. */
let running: Survey | undefined;
let sending = false;
/** The link that is open, and another one that was opened while answers were on their way. */
let entered: Link | undefined;
let waiting: Link | undefined;

/** Repeats requests while a round is being opened. */
const opening: Patience = patience((shown, again) => (again ? update : show)(() => withNotice(loading(), shown)));

/** Repeats requests before the page has words. */
const silent: Patience = patience((shown, again) => (again ? update : show)(() => withNotice(moment(), shown)));

/** Sees to it that the page has words for the language that it shows, as often as it takes. */
function speak(): Promise<void> {
  return persist(() => fetchWords(shownLanguage()), silent);
}

/** Shows what an error means. Only a proof that really fails is called a change of keys. */
async function fail(reason: unknown, waveId: string): Promise<void> {
  // Until here the page may have had no more to say than that it waits. Without its own words it says that.
  const error = await speak().then(() => reason, (unspeakable: unknown) => unspeakable);
  const checkReceipt = (): void => void openCheck(waveId);
  if (error instanceof Altered) show(error.what === 'manifest' ? changedKeys('manifest') : altered(error.what));
  else if (error instanceof WrongLeaf) show(changedKeys('leaf'));
  else if (error instanceof WrongKey) show(changedKeys('credential'));
  else if (error instanceof WrongGroup) show(changedKeys('group'));
  else if (error instanceof NoSuchWave) show(noRound);
  else if (error instanceof Malformed) show(unsupported(error.where));
  else if (error instanceof Refused) {
    if (error.ended) forget();
    show(refused(error, round?.manifest.trustee, undefined, false, () => undefined, checkReceipt));
  } else show(notice('unexpected', 'unexpected.title', ['unexpected.body']));
}

/**
 * Notes in the history entry that a Send ended here, so that a reload does not ask for a code as if nothing had happened. It names neither person nor
 * link, lives in this tab's history alone, and is written to every entry that the back button leads to.
 */
function markSent(): void {
  history.replaceState({ step: 'sent' }, '');
}

/** From now on, until another link is opened, every entry that this page stands for says so. */
function stayMarked(): void {
  markSent();
  addEventListener('popstate', markSent);
}

function isSent(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'step' in state && state.step === 'sent';
}

/** Says that another link waits, and offers it as soon as nothing is being sent. */
function tellWaiting(waveId: string): void {
  const other = waiting;
  if (other === undefined) return setAside(undefined);
  const open = (): void => void enter(waveId, other);
  setAside(() =>
    sending
      ? el('p', { id: 'other-link', class: 'inset', role: 'status' }, t('other.later'))
      : el('div', { id: 'other-link', class: 'inset' }, el('p', { role: 'status' }, t('other.now')), el('p', {}, button('open-other', 'secondary', t('other.open'), open))),
  );
}

/** Fetches and checks a round, as often as it takes. */
async function openRound(waveId: string, announced: string | undefined): Promise<Wave> {
  show(loading);
  const wave = await persist(() => fetchWave(waveId, announced, INTEGRITY), opening);
  round = wave;
  addressInformally(wave.instrument.informal);
  belongTo(wave.manifest.organisation, wave.manifest.languages);
  await speak();
  return wave;
}

/** Shows the page that looks for a receipt, once what only it says is here. */
async function check(wave: Wave, standing: Standing | undefined, back: (() => void) | undefined): Promise<void> {
  show(loading);
  await persist(() => fetchAllWords(shownLanguage()), opening);
  showCheckPage(wave, standing, back);
}

/** The page that looks for a receipt, for whoever has no link at hand. */
async function openCheck(waveId: string): Promise<void> {
  try {
    const wave = await openRound(waveId, undefined);
    await check(wave, undefined, () => askForCode(waveId, false));
  } catch (error) {
    await fail(error, waveId);
  }
}

function askForCode(waveId: string, damaged: boolean): void {
  showCodePage(waveId, damaged, (link) => void enter(waveId, link), () => void openCheck(waveId));
}

/** Lets the person compare the check words when the link carried no hash; resolves with the link that now has one. */
function compared(link: Link, wave: Wave): Promise<Link | undefined> {
  if (link.manifest !== undefined) return Promise.resolve(link);
  return new Promise((resolve) => {
    const same = (): void => resolve({ ...link, manifest: base64url(wave.h) });
    showComparePage(wave.h, same, () => resolve(undefined));
  });
}

/** Opens a link of either kind. */
async function enter(waveId: string, opened: Link): Promise<void> {
  entered = opened;
  waiting = undefined;
  setAside(undefined);
  removeEventListener('popstate', markSent);
  try {
    const vault = await openVault(waveId, opened.secret);
    keepLink(waveId, opened, vault.id);
    const wave = await openRound(waveId, opened.manifest);
    const link = await compared(opened, wave);
    if (link === undefined) {
      forget();
      return show(changedKeys('words'));
    }
    keepLink(waveId, link, vault.id);
    if (link.purpose === 'status') return await openStatus(wave, link.secret);
    const visit = new Visit(wave, link.secret, vault.id, await openRecords(waveId, vault));
    await visit.begin();
  } catch (error) {
    await fail(error, waveId);
  }
}

/** What is recorded about a person. */
async function openStatus(wave: Wave, handle: Bytes): Promise<void> {
  show(loading);
  const answered = await persist(() => post(`${wave.base}box`, statusRequest(handle), wave.manifest.responseSize), opening);
  if (answered.outcome !== Outcome.done) throw new Refused('status', answered);
  await check(wave, readStanding(answered.payload), undefined);
}

/** One person's visit with one link. */
class Visit {
  private sentElsewhere = false;
  private readonly tell: () => void;

  constructor(private wave: Wave, private readonly secret: Bytes, private readonly id: string, private records: Records) {
    this.tell = listen(id, () => {
      this.sentElsewhere = true;
      if (sending) return;
      running?.end();
      forget();
      show(elsewhere);
    });
  }

  private readonly checkReceipt = (): void => void check(this.wave, undefined, undefined).catch((error: unknown) => fail(error, this.wave.manifest.wave));

  /** Finishes an interrupted Send, or lets the person answer. A typed code may also be that of a closing mail; that of a card shows its status after the close. */
  async begin(): Promise<void> {
    const pending = await this.records.load();
    if (pending !== undefined) return this.deliver(() => this.records.load(), true);
    const membership = await this.membership();
    if (membership === undefined) return;
    if (membership.used) {
      forget();
      return show(used(await this.othersWaiting(), this.checkReceipt));
    }
    const { group } = membership;
    const send = (ballot: Bytes): void => void this.deliver(() => this.record(group.id, ballot), false);
    const broken = (error: unknown): void => void fail(error, this.wave.manifest.wave);
    running = survey(this.wave, group, this.id, this.records.durable, send, broken);
    this.watch(running);
  }

  /** Whether this browser keeps an unfinished Send under another link or card. On a shared device it may be anybody's. */
  private async othersWaiting(): Promise<boolean> {
    return !isShared() && (await this.records.othersWaiting().catch(() => false));
  }

  /** Whether the announced close has passed; without dates nobody can tell. */
  private get past(): boolean {
    const { schedule } = this.wave.manifest;
    return schedule.pace === 'dates' && now() > schedule.closesAt;
  }

  /** Asks again whether the round still runs when the page is seen again after its close: the device may have slept over it. */
  private watch(answering: Survey): void {
    const stop = onWaking(() => {
      if (answering.over) return stop();
      if (this.past) void this.lookAgain(answering).catch(() => undefined);
    });
  }

  private async lookAgain(answering: Survey): Promise<void> {
    const { base, manifest } = this.wave;
    const { outcome, ended } = await post(`${base}box`, leafRequest(this.secret), manifest.responseSize);
    // The close may have been put off while the page was open. Without an answer the one that is known has to do.
    this.wave = await upToDate(this.wave).catch(() => this.wave);
    if (outcome !== Outcome.takesNoAnswers || answering.over) return;
    answering.end();
    if (ended) this.showEnded(answering.begun);
    else this.showClosed(answering.begun);
  }

  /** The round was ended without a result: nothing that this tab keeps is of any use. */
  private showEnded(entered: boolean): void {
    const { instrument, manifest } = this.wave;
    const { kept } = new Answers(instrument, this.id);
    forget();
    show(ended(kept || entered, manifest.trustee));
  }

  /** The round has closed. What this tab keeps and was not sent stays as long as answers may still arrive; `entered` even when it keeps nothing. */
  private showClosed(entered: boolean): void {
    const { manifest, instrument } = this.wave;
    const { pace, closesAt, grace } = manifest.schedule;
    const { kept } = new Answers(instrument, this.id);
    const drop = (): void => {
      forget();
      show(closed('body', this.checkReceipt));
    };
    const again = (): void => void this.begin().catch((error: unknown) => fail(error, manifest.wave));
    if (kept && (pace === 'manual' || now() <= closesAt + grace * 1000)) return show(closedWithEntries(again, drop));
    forget();
    show(closed(kept || entered ? 'dropped' : 'body', this.checkReceipt));
  }

  /** Asks for the group behind the link; shows a page and gives nothing when there is none to answer in. */
  private async membership(): Promise<Membership | undefined> {
    const { base, manifest } = this.wave;
    show(loading);
    const answered = await persist(() => post(`${base}box`, leafRequest(this.secret), manifest.responseSize), opening);
    const { outcome } = answered;
    if (outcome === Outcome.done) return readMembership(answered.payload, manifest);
    if (answered.ended) {
      this.showEnded(false);
      return undefined;
    }
    if (outcome === Outcome.unknownLink || outcome === Outcome.takesNoAnswers) {
      const status = await persist(() => post(`${base}box`, statusRequest(this.secret), manifest.responseSize), opening);
      if (status.outcome === Outcome.done) {
        await check(this.wave, readStanding(status.payload), undefined);
        return undefined;
      }
    }
    if (outcome === Outcome.takesNoAnswers && now() >= manifest.opensAt) {
      this.showClosed(false);
      return undefined;
    }
    forget();
    if (outcome === Outcome.takesNoAnswers) show(notYet(manifest.opensAt));
    else if (outcome === Outcome.unknownLink && this.past) show(closed('body', this.checkReceipt));
    else throw new Refused('leaf', answered);
    return undefined;
  }

  /** Seals the answers and writes the record before anything is sent. Another tab's record comes first. */
  private async record(group: number, ballot: Bytes): Promise<Pending | undefined> {
    const earlier = await this.records.load().catch(() => undefined);
    if (earlier !== undefined) return earlier;
    const pending = await prepare(this.wave, group, ballot);
    try {
      return (await this.records.create(pending)) ? pending : await this.records.load();
    } catch {
      this.records = inMemory();
      await this.records.create(pending);
      return pending;
    }
  }

  /** Delivers a record, alone among the tabs of this browser, and shows the receipt or what happened instead. */
  private async deliver(recorded: () => Promise<Pending | undefined>, resumed: boolean): Promise<void> {
    const { wave } = this;
    let stage: Stage = 'unsent';
    let held = false;
    const page = (shown?: Notice) => (): ReturnType<typeof sendingPage> => sendingPage(this.records.durable, resumed, held ? stage : undefined, shown);
    // The first time is told; who then waits here is not called back to the title by every try.
    const hold = (shown: Notice): void => {
      const tell = held ? update : show;
      held = true;
      tell(page(shown));
    };
    const issued = (): void => {
      stage = 'unconfirmed';
      if (held) update(page());
    };
    const stay = (event: BeforeUnloadEvent): void => {
      if (!this.records.durable) event.preventDefault();
    };
    let pending: Pending | undefined;
    const { durable } = this.records;
    sending = true;
    show(page());
    addEventListener('beforeunload', stay);
    try {
      await alone(this.id, async () => {
        pending = this.sentElsewhere ? undefined : await recorded();
        if (pending === undefined) {
          forget();
          return show(elsewhere);
        }
        if (!equal(pending.h, wave.h)) throw new Altered('manifest');
        forgetDraft();
        // The same page once more would take the focus back to its title, and be read aloud again.
        if (this.records.durable !== durable) update(page());
        const receipt = await finish(wave, this.secret, this.records, pending, patience(hold), issued);
        this.tell();
        forget();
        if (!isShared()) stayMarked();
        show(() => receiptPage(wave, receipt, this.checkReceipt));
      });
    } catch (error) {
      const leaf = pending && receiptLeaf(pending.nonce, pending.ct);
      if (error instanceof WrongReceipt && leaf) return show(wrongReceipt(leaf, this.checkReceipt));
      if (!(error instanceof Refused)) return fail(error, wave.manifest.wave);
      if (!error.recordOfUse) forget();
      const again = (): void => void this.deliver(() => this.records.load(), true);
      show(refused(error, wave.manifest.trustee, leaf, await this.othersWaiting(), again, this.checkReceipt));
    } finally {
      sending = false;
      removeEventListener('beforeunload', stay);
      if (waiting !== undefined) tellWaiting(wave.manifest.wave);
    }
  }
}

/** Takes the link out of the address at once, so that neither history nor a look over the shoulder keeps it. */
function takeLink(waveId: string): ReturnType<typeof linkInAddress> {
  const found = linkInAddress(location);
  history.replaceState(found === 'none' ? history.state : null, '', addressOf(basePath(waveId)));
  return found;
}

/** Does what needs words once they are here. */
function spoken(tell: () => void, waveId: string): void {
  void speak().then(tell, (error: unknown) => fail(error, waveId));
}

function start(): void {
  const waveId = waveOf(location.pathname);
  if (waveId === undefined) return spoken(() => show(noRound), '');
  watchShared(basePath(waveId));
  const found = takeLink(waveId);
  // The words arrive while the round does; who waits for them tries again when they do not.
  fetchWords(shownLanguage()).catch(() => undefined);
  onAlteredWords((error) => {
    running?.end();
    void fail(error, waveId);
  });
  if (globalThis.crypto?.subtle === undefined) return spoken(() => show(insecure), waveId);
  const link = typeof found === 'string' ? (found === 'none' ? keptLink(waveId) : undefined) : found;
  addEventListener('hashchange', () => {
    const other = takeLink(waveId);
    if (typeof other === 'string') return;
    if (sending) {
      if (entered !== undefined && equal(other.secret, entered.secret)) return;
      waiting = other;
      return tellWaiting(waveId);
    }
    running?.end();
    void enter(waveId, other);
  });
  if (link !== undefined) void enter(waveId, link);
  else if (found === 'none' && !isShared() && isSent(history.state)) {
    stayMarked();
    spoken(() => show(sent(() => void openCheck(waveId), () => askForCode(waveId, false))), waveId);
  } else spoken(() => askForCode(waveId, found === 'damaged'), waveId);
}

start();
