// Builds the survey page into dist/, or with --check proves that dist/ is what the sources give.
//
// The files are committed: they are what every server serves. The hash of client.js stands in every round's manifest, and in client.js those of words/ and later/.
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { catalogues, wordFiles } from './catalogues.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** Every file of a folder, by its path in there. */
async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
}

async function buildInto(folder) {
  await rm(folder, { recursive: true, force: true });
  for (const part of ['words', 'later']) await mkdir(join(folder, part), { recursive: true });
  const common = { absWorkingDir: here, bundle: true, minify: true, sourcemap: false, legalComments: 'none', charset: 'utf8', logLevel: 'warning' };
  await build({ ...common, entryPoints: ['src/main.ts'], format: 'iife', target: 'es2022', outfile: join(folder, 'client.js'), plugins: [catalogues(here)] });
  await build({ ...common, entryPoints: ['src/client.css'], target: ['chrome105', 'firefox110', 'safari15.4'], outfile: join(folder, 'client.css') });
  await writeFile(join(folder, 'index.html'), await readFile(join(here, 'src/index.html')));
  for (const { path, bytes } of wordFiles(here)) await writeFile(join(folder, `${path}.json`), bytes);
}

/**
 * Says what people load. The server writes gzip a twentieth smaller than zlib does; what it really sends is held to 60 KiB by tests/http/compression.rs.
 */
async function weigh(folder) {
  const read = (name) => readFile(join(folder, name), 'utf8');
  const page = (await read('index.html')).replace('__STYLE__', await read('client.css'));
  const program = await read('client.js');
  for (const name of await readdir(join(folder, 'words'))) {
    const parts = [page, program, await read(join('words', name))];
    const sizes = (compress) => parts.map((part) => compress(part).length);
    const said = (label, all) => `${label} ${all.reduce((sum, size) => sum + size)} (${all.join(' + ')})`;
    console.log(`${name}: page, program and words take ${said('gzip', sizes((part) => gzipSync(part, { level: 9 })))}, ${said('brotli', sizes(brotliCompressSync))} bytes`);
  }
}

if (process.argv.includes('--check')) {
  const folder = await mkdtemp(join(tmpdir(), 'candor-client-'));
  try {
    await buildInto(folder);
    const changed = [];
    for (const name of new Set([...(await filesOf(folder)), ...(await filesOf(join(here, 'dist')))])) {
      const committed = await readFile(join(here, 'dist', name)).catch(() => Buffer.alloc(0));
      const built = await readFile(join(folder, name)).catch(() => Buffer.alloc(0));
      if (!committed.equals(built)) changed.push(`dist/${name}`);
    }
    if (changed.length > 0) {
      console.error(`${changed.join(', ')}: not what the sources give. Run "npm run build" and commit the result.`);
      process.exitCode = 1;
    }
    await weigh(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
} else {
  await buildInto(join(here, 'dist'));
  for (const name of await filesOf(join(here, 'dist'))) console.log(`dist/${name}  ${(await readFile(join(here, 'dist', name))).length} bytes`);
  await weigh(join(here, 'dist'));
}
