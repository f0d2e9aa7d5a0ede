// An installation of the real program on SQLite in a folder of its own, run by its own dates under a clock that the test sets.
import { execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROGRAM = process.env.BROWSER_PROGRAM ?? fileURLToPath(new URL('../../target/debug/candor', import.meta.url));
/** The staff list of the examples. */
export const STAFF = fileURLToPath(new URL('../../docs/examples/staff.csv', import.meta.url));
const PATIENCE = 120_000;
/** The password of every account that a command makes. */
export const PASSWORD = 'eleven quiet lamps by the sea';
const run = promisify(execFile);
/** Renames a table, and nothing that refers to it. */
const RENAME = `import sqlite3, sys
store = sqlite3.connect(sys.argv[1], timeout=20)
store.execute('PRAGMA legacy_alter_table = ON')
store.execute(f'ALTER TABLE "{sys.argv[2]}" RENAME TO "{sys.argv[3]}"')
store.commit()`;

/** Listens on a free port below those that systems give away, so that nobody gets it before the program does, nor while it is started again. */
async function listener() {
  for (;;) {
    const server = createServer();
    const listening = await new Promise((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(randomInt(10_240, 20_480), '127.0.0.1', () => resolve(true));
    });
    if (listening) return server;
  }
}

/** Two free ports, different from each other. */
async function ports() {
  const servers = [await listener(), await listener()];
  const free = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return free;
}

/** Asks again until there is something. */
export async function eventually(what, look) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(200)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`not within ${PATIENCE / 1000} s: ${what}`);
}

/** How a round is drafted that ends in two hours, with a minute's grace. */
export const DATES = ['--closes-in', '2h', '--grace', '60s', '--window', '1h', '--publish-after', '2h', '--publish-by', '4h'];

/** Imports a staff list, launches a round that ends in two hours with a minute's grace, and serves it. With `holder`, which makes
 *  the public half of a key that somebody outside holds (`holder(command, at)`), the round is drafted with that and not launched.
 *  With `empty` there is nothing but the databases. */
export async function install(wave = '2026-q4', { holder, empty = false } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'candor-server-'));
  const at = (name) => path.join(folder, name);
  const [respondents, console] = await ports();
  const origin = `http://127.0.0.1:${respondents}`;
  await writeFile(
    at('candor.toml'),
    `organisation = "Nordwind"
[respondents]
url = "${origin}"
listen = "127.0.0.1:${respondents}"
[console]
url = "http://localhost:${console}"
listen = "127.0.0.1:${console}"
[storage]
identity = "sqlite://${at('identity.db')}"
responses = "sqlite://${at('responses.db')}"
keys = "${at('keys')}"
[mail]
from = "Candor <survey@example.org>"
transport = "file://${at('outbox')}"
`,
  );
  const clock = at('ahead');
  await writeFile(clock, '0');
  await run('cc', ['-shared', '-fPIC', '-o', at('clock.so'), fileURLToPath(new URL('./clock.c', import.meta.url)), '-ldl']);
  // The program refuses variables with its prefix that it does not know, and those that it knows are not for this installation.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CANDOR_'));
  // Browsers keep connections open for which a server that stops would wait.
  const env = { ...Object.fromEntries(inherited), CANDOR_STOP_FINISH_SECONDS: '1', LD_PRELOAD: at('clock.so'), CLOCK_AHEAD: clock };
  const told = (input, words) => {
    const running = run(PROGRAM, ['--config', at('candor.toml'), ...words], { env: { ...env, CANDOR_ACCOUNT_PASSWORD: PASSWORD } });
    running.child.stdin.end(input);
    return running;
  };
  const command = (...words) => told('', words);

  /** What the mails hold of this form, one per mail. */
  const addresses = async (form) => {
    // A mail has its name once it is written to the end.
    const names = (await readdir(at('outbox'))).filter((name) => !name.startsWith('.'));
    const mails = await Promise.all(names.map((name) => readFile(path.join(at('outbox'), name), 'utf8')));
    const plain = mails.map((mail) => mail.replace(/=\r?\n/g, '').replaceAll('=3D', '='));
    return plain.map((mail) => mail.match(new RegExp(`http://127\\.0\\.0\\.1:\\d+${form.source}`))?.[0]).filter(Boolean);
  };

  let server;
  const installation = {
    base: `${origin}/w/${wave}/`,
    console: `http://localhost:${console}`,
    folder,
    /** Runs a command of the program; what it says. */
    command: async (...words) => (await command(...words)).stdout,
    /** Begins a command that goes on; its process. */
    begin: (...words) => spawn(PROGRAM, ['--config', at('candor.toml'), ...words], { env, stdio: ['ignore', 'pipe', 'inherit'] }),
    /** The same with something on its standard input. */
    tell: async (input, ...words) => (await told(input, words)).stdout,
    /** Starts serving, by another edition of the program if one is given, and waits until it answers. */
    async start(program = PROGRAM) {
      const started = spawn(program, ['--config', at('candor.toml'), 'serve'], { env, stdio: 'ignore' });
      server = { program: started, ended: new Promise((resolve) => started.once('close', resolve)) };
      await eventually('the server answers', () => fetch(`${installation.base}manifest`).then((response) => response.ok || empty || holder !== undefined, () => false));
    },
    /** Ends the server: `SIGKILL` leaves it no time for anything. */
    async end(signal = 'SIGTERM') {
      server?.program.kill(signal);
      await server?.ended;
      server = undefined;
    },
    /** How many seconds the program's clock is ahead from now on. */
    async ahead(seconds) {
      // Renamed, so that the program never reads half a number.
      await writeFile(`${clock}.new`, String(seconds));
      await rename(`${clock}.new`, clock);
    },
    /** The personal links of everybody who has a mail. */
    links: () => addresses(/\/w\/[\w-]+\/#v\d\.[\w.-]+/),
    /** The links of the closing mails. */
    statusLinks: () => addresses(/\/w\/[\w-]+\/#s\d\.[\w.-]+/),
    /** The address in the mail of one person that ends reminders. */
    quiet: async () => (await addresses(/\/w\/[\w-]+\/quiet\/\w+/))[0],
    /** Does something while the server finds no round in the database of the people side. */
    async away(work) {
      const rename = (from, to) => run('python3', ['-c', RENAME, at('identity.db'), from, to]);
      await rename('wave', 'wave_away');
      try {
        return await work();
      } finally {
        await rename('wave_away', 'wave');
      }
    },
    /** What the box answers to a link that nobody has: 2 while the round runs, 4 when it takes no answers. */
    async outcome() {
      const body = new Uint8Array(4608).fill(0);
      body.set([1, 1]);
      const response = await fetch(`${installation.base}box`, { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body });
      return new Uint8Array(await response.arrayBuffer())[1];
    },
    /** A copy of the program in which one word of its survey page is another of the same length. */
    async edition(word, other) {
      const bytes = await readFile(PROGRAM);
      let found = 0;
      for (let place = bytes.indexOf(word); place >= 0; place = bytes.indexOf(word, place)) {
        bytes.write(other, place);
        found += 1;
      }
      if (found === 0 || word.length !== other.length) throw new Error(`${word} does not stand in the program`);
      await writeFile(at('candor-next'), bytes, { mode: 0o755 });
      return at('candor-next');
    },
    async remove() {
      await installation.end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await command('migrate');
    if (!empty) {
      await command('roster', 'import', STAFF);
      const held = holder ? ['--key-holder-file', await holder(installation)] : [];
      await command('wave', 'create', wave, ...DATES, ...held);
      if (!holder) await command('wave', 'launch', wave);
    }
    await installation.start();
    return installation;
  } catch (error) {
    await installation.remove();
    throw error;
  }
}
