// Results as they are kept: benchmarks/results/<date>-<name>.json with every raw figure, .md to read.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './machine.js';

/** @param {readonly string[]} sections Markdown */
export function writeResults(name, data, sections) {
  const folder = path.join(root, 'benchmarks', 'results');
  mkdirSync(folder, { recursive: true });
  const stem = path.join(folder, `${data.provenance.date.slice(0, 10)}-${name}`);
  writeFileSync(`${stem}.json`, `${JSON.stringify(data, null, 1)}\n`);
  writeFileSync(`${stem}.md`, [`# ${name}`, provenanceText(data.provenance), ...sections].join('\n\n') + '\n');
  console.log(`\nKept: ${path.relative(root, stem)}.json and .md`);
}

function provenanceText(p) {
  return [
    `- ${p.date}, \`${p.command}\``,
    `- heldout ${p.heldout}, commit ${p.commit} (a \`+\` means: with changes not committed)`,
    `- ${p.cpu}, ${p.cores} cores, ${(p.memoryBytes / 2 ** 30).toFixed(1)} GiB; ${p.platform}; Node ${p.node}; load before ${p.loadBefore.join(' ')}`,
  ].join('\n');
}

/** A Markdown table, its columns as wide as they need to be so that it reads on a terminal too. */
export function table(head, rows) {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column].length)));
  const right = head.map(
    (_, column) => column > 0 && rows.every((row) => /^[-≤≥ ]*[\d.,×%]*[\d×%]?$/.test(String(row[column]))),
  );
  const pad = (text, column) => (right[column] ? text.padStart(widths[column]) : text.padEnd(widths[column]));
  const line = (row) => `| ${row.map(pad).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (right[column] ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}

/** Prints a section and hands it on. */
export function say(text) {
  console.log(`\n${text}`);
  return text;
}
