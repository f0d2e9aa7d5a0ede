// Builds the survey page into dist/, or with --check proves that dist/ is what the sources give.
//
// The three files are committed: they are what every server serves, and their hash stands in every round's manifest.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { catalogues } from './catalogues.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const files = ['client.js', 'client.css', 'index.html'];

async function buildInto(folder) {
  await mkdir(folder, { recursive: true });
  const common = { absWorkingDir: here, bundle: true, minify: true, sourcemap: false, legalComments: 'none', charset: 'utf8', logLevel: 'warning' };
  await build({ ...common, entryPoints: ['src/main.ts'], format: 'iife', target: 'es2022', outfile: join(folder, 'client.js'), plugins: [catalogues(here)] });
  await build({ ...common, entryPoints: ['src/client.css'], target: ['chrome105', 'firefox110', 'safari15.4'], outfile: join(folder, 'client.css') });
  await writeFile(join(folder, 'index.html'), await readFile(join(here, 'src/index.html')));
}

if (process.argv.includes('--check')) {
  const folder = await mkdtemp(join(tmpdir(), 'candor-client-'));
  try {
    await buildInto(folder);
    const changed = [];
    for (const name of files) {
      const committed = await readFile(join(here, 'dist', name)).catch(() => Buffer.alloc(0));
      if (!committed.equals(await readFile(join(folder, name)))) changed.push(`dist/${name}`);
    }
    if (changed.length > 0) {
      console.error(`${changed.join(', ')}: not what the sources give. Run "npm run build" and commit the result.`);
      process.exitCode = 1;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
} else {
  await buildInto(join(here, 'dist'));
  for (const name of files) console.log(`dist/${name}  ${(await readFile(join(here, 'dist', name))).length} bytes`);
}
