// Figures of the long run beside their goals: each file of tests adds its own, and as a program this prints them all as one table.
import { appendFile, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Adds lines of what was measured, the figure and the goal, an empty one where there is none, to the file that BROWSER_FIGURES names. */
export async function figures(of, lines) {
  const file = process.env.BROWSER_FIGURES;
  if (file) await appendFile(file, lines.map((line) => `${JSON.stringify([of, ...line])}\n`).join(''));
  for (const [what, figure, goal] of lines) console.log(`  ${what}: ${figure}${goal === '' ? '' : ` (goal ${goal})`}`);
}

/** The middle one of an odd number of values. */
export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = (await readFile(process.argv[2], 'utf8')).trim().split('\n').map((line) => JSON.parse(line).slice(1).map(String));
  const table = [['measured', 'figure', 'goal'], ...lines];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((line) => line[column].length)));
  console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, ${cpus()[0].model}`);
  for (const line of table) console.log(line.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
}
