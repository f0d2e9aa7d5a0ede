// Whom people can turn to in confidence, outside of the survey.
import { el } from '../dom.ts';
import { isShared } from '../kiosk.ts';
import type { Contact } from '../manifest.ts';
import { say } from '../ui.ts';

function link({ label, address }: Contact): HTMLElement {
  // On a shared device nothing would clear the page that opens, and the mail program would be the device's own: people turn to them from their own.
  if (isShared()) return el('strong', {}, say(label));
  // Another page opens beside this one, so that nothing entered here is lost; mail and telephone programs are beside it anyway.
  const page = address.startsWith('https:');
  return el('a', { href: address, target: page && '_blank', rel: page && 'noopener noreferrer' }, say(label));
}

function readable(address: string): string {
  return address.replace(/^(https:\/\/|mailto:|tel:)/, '');
}

/** The contacts as links that leave this page open; on a shared device, to be written down. */
export function contactList(contacts: readonly Contact[]): HTMLElement {
  return el('ul', { id: 'contacts', class: 'contacts' }, contacts.map((contact) => el('li', {}, link(contact), ' ', el('span', { class: 'hint' }, readable(contact.address)))));
}
