// The board: the public list of what was counted, sorted, under one signed root.
//
// The whole list is fetched, however long it is: whoever asked for one entry would tell the server whose it is.
import { type Bytes, compare, concat, equal, fromBase64url, fromHex, u32, utf8 } from './bytes.ts';
import { Value } from './json.ts';
import type { NamedManifest } from './manifest.ts';
import { Tree, leafHash, verifyInclusion } from './merkle.ts';
import { signed } from './receipt.ts';

export interface Board {
  readonly invited: number;
  readonly issued: number;
  readonly spent: number;
  /** The root of the tree over the leaves, which is signed. */
  readonly root: Bytes;
  /** In ascending byte order. */
  readonly leaves: readonly Bytes[];
  readonly tree: Tree;
}

/** The board does not hold together: its root, its signature, its order or its counts. */
export class WrongBoard extends Error {
  constructor() {
    super('the list of counted answers does not fit its signature');
    this.name = 'WrongBoard';
  }
}

/** Gives the browser time for everything else. */
export type Breath = () => Promise<void>;

/** Reads the board of this round and checks everything that can be checked about it, a batch at a time. Throws {@link WrongBoard}. */
export async function readBoard(text: string, { manifest, h }: NamedManifest, breathe: Breath): Promise<Board> {
  const json = Value.parse(text, 'board');
  json.field('format').is('candor-board/1');
  const invited = json.field('invited').u32();
  const issued = json.field('issued').u32();
  const spent = json.field('spent').u32();
  const announced = json.field('root').bytes(fromHex, 32);
  const signature = json.field('signature').bytes(fromBase64url, 64);
  const sameRound = json.field('wave').text() === manifest.wave && equal(json.field('manifest').bytes(fromHex, 32), h);
  const listed = json.field('leaves').list();
  const counts = spent === listed.length && spent <= issued && issued <= invited && invited === manifest.invited;
  const message = concat(utf8('candor/v1/board'), 0, h, announced, u32(invited), u32(issued), u32(spent));
  if (!sameRound || !counts || !signed(manifest.boardKey, message, signature)) throw new WrongBoard();

  const leaves: Bytes[] = [];
  for (const entry of listed) {
    const leaf = entry.bytes(fromHex, 32);
    const last = leaves.at(-1);
    if (last !== undefined && compare(last, leaf) >= 0) throw new WrongBoard();
    leaves.push(leaf);
    if (leaves.length % 4096 === 0) await breathe();
  }
  const tree = await Tree.over(leaves, breathe);
  if (!equal(tree.root, announced)) throw new WrongBoard();
  return { invited, issued, spent, root: announced, leaves, tree };
}

/**
 * The place, from 1, of the leaf that starts with these bytes: the whole leaf of a receipt, or the ten bytes of a short code. `undefined` when it is not
 * on the board. That the signed root covers the entry is proved, and not taken from the list being there.
 */
export function placeOnBoard({ leaves, tree, root }: Board, start: Uint8Array): number | undefined {
  const index = leaves.findIndex((leaf) => equal(leaf.subarray(0, start.length), start));
  const leaf = leaves[index];
  if (leaf === undefined) return undefined;
  if (!verifyInclusion(leafHash(leaf), index, leaves.length, tree.proof(index), root)) throw new WrongBoard();
  return index + 1;
}
