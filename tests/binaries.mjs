// Runs compiled test binaries, several at a time, and shows what each printed once it has ended, without the lines of tests that passed.
//
//     node tests/binaries.mjs BUILT [--only NAME,NAME…] [--at-once N] -- ARGUMENTS OF THE TEST RUNNER
//
// BUILT is what `cargo test --no-run --message-format=json` printed. A name is that of a test target; `NAME:lib` is the library of a package.
// Cargo itself runs one binary after the other; each of ours ends with a test or two that leave the other core idle.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const split = process.argv.indexOf('--');
const own = process.argv.slice(2, split < 0 ? undefined : split);
const runner = split < 0 ? [] : process.argv.slice(split + 1);
const option = (name) => (own.includes(name) ? own[own.indexOf(name) + 1] : undefined);
const only = option('--only')?.split(',');
const atOnce = Number(option('--at-once') ?? 3);

const messages = (await readFile(own[0], 'utf8')).split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
const binaries = messages
  .filter(({ reason, executable, profile }) => reason === 'compiler-artifact' && executable && profile.test)
  .map(({ executable, manifest_path, target }) => {
    const home = path.dirname(manifest_path);
    const kind = target.kind.includes('test') ? 'test' : target.kind.includes('bin') ? 'bin' : 'lib';
    return { executable, home, name: kind === 'test' ? target.name : `${target.name}:${kind}` };
  })
  .filter(({ name }) => only === undefined || only.includes(name));

const unknown = only?.filter((name) => !binaries.some((binary) => binary.name === name)) ?? [];
if (unknown.length > 0 || binaries.length === 0) {
  console.error(`tests/binaries.mjs: not among what was built: ${unknown.join(', ') || 'anything'}`);
  process.exit(1);
}

/** The longest comes first, so that nothing long is left for the end: what is larger tends to take longer. */
const LONG = ['http', 'recompute', 'layer_a', 'said', 'candor:lib', 'release:lib', 'languages'];
const rank = ({ name }) => (LONG.includes(name) ? LONG.indexOf(name) : LONG.length);
const waiting = binaries.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
const failed = [];

function run({ executable, home, name }) {
  return new Promise((resolve) => {
    const began = Date.now();
    // As cargo starts them.
    const child = spawn(executable, runner, { cwd: home, env: { ...process.env, CARGO_MANIFEST_DIR: home }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
    child.once('error', (error) => (said += `${error.message}\n`));
    child.once('close', (code, signal) => {
      const shown = said.split('\n').filter((line) => line !== '' && !/^(test .* \.\.\. ok|running \d+ tests?)$/.test(line));
      // A binary that prints no result, for whatever reason, has shown nothing.
      if (code !== 0 || !/^test result: ok/m.test(said)) failed.push(`${name} (${signal ?? code})`);
      console.log(`== ${name}, ${((Date.now() - began) / 1000).toFixed(1)} s\n${shown.join('\n')}`);
      resolve();
    });
  });
}

async function work() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await run(next);
}
await Promise.all(Array.from({ length: atOnce }, work));
if (failed.length > 0) {
  console.error(`tests/binaries.mjs: failed: ${failed.join(', ')}`);
  process.exit(1);
}
