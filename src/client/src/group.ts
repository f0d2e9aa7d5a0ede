// A standing group: its document, its leaf in the group list, and the proof that the leaf stands under the manifest's root.
import { type Bytes, concat, equal, fromHex, fromUtf8, readU32, sha256, u32, utf8 } from './bytes.ts';
import { Malformed, Value } from './json.ts';
import type { Manifest } from './manifest.ts';
import { leafHash, root, verifyInclusion } from './merkle.ts';

export interface Team {
  readonly label: string;
  readonly leaders: readonly string[];
}

export interface Group {
  /** Position in the list, from 0. */
  readonly id: number;
  readonly label: string;
  /** Labels of the units from the root down; empty when the group stands directly under the organisation. */
  readonly unit: readonly string[];
  /** How many people were invited in this group. */
  readonly invited: number;
  readonly teams: readonly Team[];
  /** The group's leaf hash, from which its check words come. */
  readonly leaf: Bytes;
}

/** What the people side says about a link: its group, and whether a credential was already issued for its person. */
export interface Membership {
  readonly used: boolean;
  readonly group: Group;
}

/** NFKC, lower case, white space trimmed and every run of it one space. */
export function normaliseLabel(label: string): string {
  return label.normalize('NFKC').toLowerCase().replace(/\p{White_Space}+/gu, ' ').replace(/^ | $/g, '');
}

/** The tree's input for a group: `label_hash || N || document_hash`. */
function leafInput(labelHash: Uint8Array, invited: number, documentHash: Uint8Array): Bytes {
  return concat(labelHash, u32(invited), documentHash);
}

/** Reads a padded group document and computes its leaf. */
export function readGroup(document: Uint8Array): Group {
  const json = Value.parse(fromUtf8(document), 'group');
  const label = json.field('label').text();
  const invited = json.field('invited').u32(1);
  return {
    id: json.field('group').u32(),
    label,
    unit: json.field('unit').list().map((unit) => unit.text()),
    invited,
    teams: json.field('teams').list().map((team) => ({
      label: team.field('label').text(),
      leaders: team.field('leaders').list().map((leader) => leader.text()),
    })),
    leaf: leafHash(leafInput(sha256(utf8(normaliseLabel(label))), invited, sha256(document))),
  };
}

/** The proof of a group's place in the list is wrong. */
export class WrongLeaf extends Error {
  constructor() {
    super('the group list of the manifest does not contain this group');
    this.name = 'WrongLeaf';
  }
}

/** Reads the payload of a leaf answer and checks the group against the manifest. Throws {@link WrongLeaf} when it does not fit. */
export function readMembership(payload: Uint8Array, manifest: Manifest): Membership {
  const used = payload[0];
  const id = readU32(payload, 1);
  const count = readU32(payload, 5);
  const proofLength = payload[9] ?? 0;
  const documentAt = 10 + 32 * proofLength;
  if (payload.length < documentAt + manifest.leafSize) throw new Malformed('leaf', 'a proof and a group document');
  const proof = Array.from({ length: proofLength }, (_, i) => payload.subarray(10 + 32 * i, 42 + 32 * i));
  const group = readGroup(payload.subarray(documentAt, documentAt + manifest.leafSize));
  const fits = group.id === id && count === manifest.groups && group.invited <= manifest.invited;
  if (!fits || !verifyInclusion(group.leaf, id, count, proof, manifest.groupsRoot)) throw new WrongLeaf();
  return { used: used !== 0, group };
}

/** What the public list of groups shows: no label twice, N adds up, and the root is the manifest's. */
export function groupListHolds(list: Value, manifest: Manifest): boolean {
  const labels = new Set<string>();
  let invited = 0;
  const inputs = list.list().map((entry) => {
    const bytes = (name: string): Bytes => entry.field(name).bytes(fromHex, 32);
    const n = entry.field('invited').u32(1);
    labels.add(entry.field('label').text());
    invited += n;
    return leafInput(bytes('label'), n, bytes('document'));
  });
  const sameRoot = equal(root(inputs), manifest.groupsRoot);
  return sameRoot && labels.size === inputs.length && inputs.length === manifest.groups && invited === manifest.invited;
}
