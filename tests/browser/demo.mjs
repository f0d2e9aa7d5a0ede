// Starts the real program as a newcomer does, and reads addresses, names and passwords from what it prints.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PROGRAM = process.env.BROWSER_PROGRAM ?? new URL('../../target/debug/candor', import.meta.url).pathname;
const PATIENCE = 240_000;

/** Starts `candor demo` on free ports. Gives the console's address, the running round, how many have answered in it, the address of a
 *  group's result, passwords by name, the folder of the data, and `stop`. */
export async function startDemo() {
  const folder = await mkdtemp(path.join(tmpdir(), 'candor-browser-'));
  const program = spawn(PROGRAM, ['demo', '--port', '0', '--dir', path.join(folder, 'data')], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => {
    program.once('close', resolve);
    program.once('error', resolve);
  });
  const stop = async () => {
    program.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  let said = '';
  let complained = '';
  program.stderr.on('data', (bytes) => (complained += bytes));
  try {
    await new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the demo was not ready in ${PATIENCE / 1000} s:\n${said}${complained}`)), PATIENCE);
      program.stdout.on('data', (bytes) => {
        said += bytes;
        if (said.includes('Stop with Ctrl-C')) {
          clearTimeout(late);
          resolve();
        }
      });
      void ended.then((why) => {
        clearTimeout(late);
        reject(new Error(`${PROGRAM} ended (${why}):\n${said}${complained}`));
      });
    });
    const [, console, round] = /(http:\/\/localhost:\d+)\/rounds\/(\S+)/.exec(said);
    const accounts = said.matchAll(/^ {7}(\S+) +([a-z]{5}(?:-[a-z]{5})+) /gm);
    const [, group] = /closing mail leads there: (\S+)/.exec(said);
    const answered = Number(/running +\S+: (\d+) people answered/.exec(said)[1]);
    return { console, round, answered, group, folder: path.join(folder, 'data'), passwords: Object.fromEntries([...accounts].map(([, name, password]) => [name, password])), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
