// How to check the promise: the words to compare and with whom, the list of groups, the program's fingerprint, and what no check can show.
import { fromUtf8, hex } from '../bytes.ts';
import { GROUP_WORDS, WAVE_WORDS, checkWords } from '../checkwords.ts';
import { button, el } from '../dom.ts';
import { type Group, groupListHolds } from '../group.ts';
import { Value } from '../json.ts';
import { type Page, t } from '../ui.ts';
import { type Wave, fetchBytes } from '../wave.ts';
import { wordList } from './code.ts';
import { contactList } from './contacts.ts';
import { byTrustee, quoted } from './promise.ts';

/** Fetches the list of all groups and says whether it holds: nobody has a group of their own under a doubled name. */
function listCheck(wave: Wave): HTMLElement {
  const result = el('p', { id: 'group-list-result', role: 'status' });
  const check = async (): Promise<void> => {
    const { groups, invited } = wave.manifest;
    try {
      const list = Value.parse(fromUtf8(await fetchBytes(`${wave.base}groups`)), 'groups');
      result.textContent = groupListHolds(list, wave.manifest) ? t('promise.words.listGood', { groups, invited }) : t('promise.words.listBad');
    } catch {
      result.textContent = t('promise.words.listLater');
    }
  };
  return el('div', {}, button('check-groups', 'secondary', t('promise.words.list'), () => void check()), result);
}

/** What a person types or compares letter by letter; no translator may touch it. */
function literal(id: string, text: string): HTMLElement {
  return el('p', { id, class: 'literal', translate: 'no' }, el('code', {}, text));
}

/** The page that says how to check. `back` leads to where the person came from. */
export function verifyPage(wave: Wave, group: Group, back: () => void): Page {
  const { manifest, h } = wave;
  const { contacts, trustee, wordsPosted } = manifest;
  const address = (file: string): string => `${location.origin}${wave.base}${file}`;
  return {
    name: 'verify',
    title: t('verify.title'),
    above: button('back', 'quiet', `‹ ${t('common.back')}`, back),
    body: [
      el('p', { class: 'lead' }, t('verify.intro')),

      el('h2', {}, t('verify.words.title')),
      el('p', {}, t('promise.words.body')),
      el('p', { class: 'hint' }, t('promise.words.wave')),
      wordList(checkWords(h, WAVE_WORDS)),
      el('p', { class: 'hint' }, t('promise.words.group')),
      wordList(checkWords(group.leaf, GROUP_WORDS)),
      el(
        'ul',
        {},
        el('li', {}, t('verify.words.mail')),
        trustee !== undefined && el('li', { id: 'trustee-words' }, t('promise.locks.trusteeWords', { holder: trustee })),
        el('li', {}, t('verify.words.group')),
        el('li', {}, t('verify.words.other')),
        wordsPosted && el('li', { id: 'posted' }, t('verify.words.posted'), ' ', quoted(wordsPosted)),
      ),

      el('h2', {}, t('verify.list.title')),
      el('p', {}, t('verify.list.body')),
      listCheck(wave),

      el('h2', {}, t('verify.program.title')),
      el('p', {}, t('verify.program.body')),
      literal('program-fingerprint', hex(manifest.clientHash)),
      el('p', {}, t('verify.program.how')),
      literal('program-command', `curl -s ${address('client.js')} | sha256sum`),
      el('p', {}, t('verify.program.windows')),
      literal('program-windows', `curl.exe -s -o client.js ${address('client.js')}\ncertutil -hashfile client.js SHA256`),
      el('p', {}, t('verify.program.sheet')),
      literal('sheet-fingerprint', hex(h)),
      literal('sheet-command', `curl -s ${address('manifest')} | sha256sum`),
      el('p', {}, t('verify.program.source')),

      el('h2', {}, t('verify.different.title')),
      el('p', {}, t('verify.different.body')),
      el('p', {}, t('common.tellWhom')),
      contacts.length > 0 && contactList(contacts),

      el('h2', {}, t('verify.after.title')),
      el('ul', {}, el('li', {}, t('receipt.how.boardManual')), el('li', {}, t('receipt.how.mail'))),

      el('h2', {}, t('verify.limits.title')),
      el(
        'ul',
        { id: 'unseen' },
        el('li', {}, t('verify.limits.page')),
        el('li', {}, byTrustee(manifest, 'promise.limits.short', 'promise.limits.shortTrustee')),
        el('li', {}, t('verify.limits.key')),
        trustee !== undefined && el('li', {}, t('verify.limits.trustee', { holder: trustee })),
      ),
      el('p', {}, t('verify.limits.docs')),
    ],
  };
}
