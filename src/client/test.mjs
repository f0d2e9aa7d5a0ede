// Runs the tests: compiles tests/*.test.ts with esbuild and hands them to node's own runner.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { catalogues } from './catalogues.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(here, 'node_modules', '.tests-'));
try {
  const names = readdirSync(join(here, 'tests')).filter((name) => name.endsWith('.test.ts'));
  await build({
    absWorkingDir: here,
    entryPoints: names.map((name) => join('tests', name)),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outExtension: { '.js': '.mjs' },
    outdir: folder,
    plugins: [catalogues(here)],
    define: { CLIENT_ROOT: JSON.stringify(here) },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const compiled = names.map((name) => join(folder, name.replace(/\.ts$/, '.mjs')));
  const run = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...compiled], { stdio: 'inherit' });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
