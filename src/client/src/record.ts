// The record of a Send in IndexedDB: written before the first request, so that a lost connection loses no answer.
//
// It holds no link and no answer in the clear, is sealed under the link, and goes away with the receipt.
import { type Bytes, fromHex, fromUtf8, hex, utf8 } from './bytes.ts';
import { Value } from './json.ts';
import type { Sealed, Vault } from './vault.ts';

/** Everything that finishing a Send needs. Until `mac` is there, the credential has not arrived. */
export interface Pending {
  readonly h: Bytes;
  readonly group: number;
  readonly nonce: Bytes;
  readonly blind: Bytes;
  readonly blinded: Bytes;
  readonly ct: Bytes;
  readonly mac: Bytes | undefined;
}

export interface Records {
  /** Whether the record outlives this page. */
  readonly durable: boolean;
  load(): Promise<Pending | undefined>;
  /** Writes the first record; `false` when there is one already, from another tab. */
  create(pending: Pending): Promise<boolean>;
  replace(pending: Pending): Promise<void>;
  remove(): Promise<void>;
  /** Whether this browser keeps an unfinished Send of the same round under another link. */
  othersWaiting(): Promise<boolean>;
}

interface Row extends Sealed {
  readonly id: string;
  readonly wave: string;
}

const DATABASE = 'candor';
const STORE = 'sending';
/** Some browsers never answer when storage is switched off. */
const PATIENCE = 3000;

export function writePending(pending: Pending): Bytes {
  const { h, group, nonce, blind, blinded, ct, mac } = pending;
  const texts = { h: hex(h), group, nonce: hex(nonce), blind: hex(blind), blinded: hex(blinded), ct: hex(ct), mac: mac && hex(mac) };
  return utf8(JSON.stringify(texts));
}

export function readPending(bytes: Bytes): Pending {
  const json = Value.parse(fromUtf8(bytes), 'record');
  const field = (name: string, length: number): Bytes => json.field(name).bytes(fromHex, length);
  return {
    h: field('h', 32),
    group: json.field('group').u32(),
    nonce: field('nonce', 32),
    blind: field('blind', 32),
    blinded: field('blinded', 32),
    ct: field('ct', 4144),
    mac: json.field('mac').raw === undefined ? undefined : field('mac', 32),
  };
}

function finished<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('storage failed'));
  });
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('storage does not answer')), PATIENCE);
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
    request.onblocked = () => reject(new Error('storage is blocked'));
    finished(request).then(resolve, reject);
  });
}

/** Runs one transaction; resolves when it is on disk. */
async function transact<T>(database: IDBDatabase, mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = database.transaction(STORE, mode, { durability: 'strict' });
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('storage failed'));
  });
  done.catch(() => undefined);
  const result = await finished(work(transaction.objectStore(STORE)));
  await done;
  return result;
}

/** A record that lives only as long as the page: no storage, or it failed. */
export function inMemory(): Records {
  let held: Pending | undefined;
  return {
    durable: false,
    load: async () => held,
    create: async (pending) => {
      const first = held === undefined;
      if (first) held = pending;
      return first;
    },
    replace: async (pending) => {
      held = pending;
    },
    remove: async () => {
      held = undefined;
    },
    othersWaiting: async () => false,
  };
}

async function inDatabase(wave: string, vault: Vault): Promise<Records> {
  const database = await open();
  const rows = async (): Promise<Row[]> => transact<Row[]>(database, 'readonly', (store) => store.getAll());
  const row = async (pending: Pending): Promise<Row> => ({ id: vault.id, wave, ...(await vault.seal(writePending(pending))) });
  return {
    durable: true,
    async load() {
      const found = await transact<Row | undefined>(database, 'readonly', (store) => store.get(vault.id));
      if (found === undefined) return undefined;
      try {
        return readPending(await vault.open(found));
      } catch {
        // Damaged: nobody can read it any more, and it would stand in the way of a new one.
        await transact(database, 'readwrite', (store) => store.delete(vault.id));
        return undefined;
      }
    },
    async create(pending) {
      const written = await row(pending);
      try {
        await transact(database, 'readwrite', (store) => store.add(written));
        // Only one round runs at a time, and this one does: an earlier one can take nothing any more. Opening an old link proves no such thing.
        for (const old of (await rows()).filter((row) => row.wave !== wave)) await transact(database, 'readwrite', (store) => store.delete(old.id));
        return true;
      } catch (error) {
        if (error instanceof DOMException && error.name === 'ConstraintError') return false;
        throw error;
      }
    },
    async replace(pending) {
      const written = await row(pending);
      await transact(database, 'readwrite', (store) => store.put(written));
    },
    async remove() {
      await transact(database, 'readwrite', (store) => store.delete(vault.id));
    },
    async othersWaiting() {
      return (await rows()).some((row) => row.wave === wave && row.id !== vault.id);
    },
  };
}

/** Opens the records of a link; falls back to memory when the browser keeps nothing. */
export async function openRecords(wave: string, vault: Vault): Promise<Records> {
  try {
    return await inDatabase(wave, vault);
  } catch {
    return inMemory();
  }
}
