// The board: the public list of what was counted, sorted, under one signed root.
import { type Bytes, compare, concat, equal, fromBase64url, fromHex, u32, utf8 } from './bytes.ts';
import { Value } from './json.ts';
import type { NamedManifest } from './manifest.ts';
import { root } from './merkle.ts';
import { signed } from './receipt.ts';

export interface Board {
  readonly invited: number;
  readonly issued: number;
  readonly spent: number;
  /** In ascending byte order. */
  readonly leaves: readonly Bytes[];
}

/** The board does not hold together: its root, its signature, its order or its counts. */
export class WrongBoard extends Error {
  constructor() {
    super('the list of counted answers does not fit its signature');
    this.name = 'WrongBoard';
  }
}

/** Reads the board of this round and checks everything that can be checked about it. Throws {@link WrongBoard}. */
export function readBoard(text: string, { manifest, h }: NamedManifest): Board {
  const json = Value.parse(text, 'board');
  json.field('format').is('candor-board/1');
  const invited = json.field('invited').u32();
  const issued = json.field('issued').u32();
  const spent = json.field('spent').u32();
  const announced = json.field('root').bytes(fromHex, 32);
  const signature = json.field('signature').bytes(fromBase64url, 64);
  const leaves = json.field('leaves').list().map((leaf) => leaf.bytes(fromHex, 32));

  const sameRound = json.field('wave').text() === manifest.wave && equal(json.field('manifest').bytes(fromHex, 32), h);
  const sorted = leaves.every((leaf, i) => i === 0 || compare(leaves[i - 1] ?? leaf, leaf) < 0);
  const counts = spent === leaves.length && spent <= issued && issued <= invited && invited === manifest.invited;
  const message = concat(utf8('candor/v1/board'), 0, h, announced, u32(invited), u32(issued), u32(spent));
  if (!sameRound || !sorted || !counts || !equal(root(leaves), announced) || !signed(manifest.boardKey, message, signature)) throw new WrongBoard();
  return { invited, issued, spent, leaves };
}

/** Whether a leaf that starts with these bytes is on the board: the whole leaf of a receipt, or the ten bytes of a short code. */
export function onBoard(board: Board, start: Uint8Array): boolean {
  return board.leaves.some((leaf) => equal(leaf.subarray(0, start.length), start));
}
