// Seeded short records compared with themselves by the whole program: time, memory, what was found. Memory must not grow with
// the number of records; what must not fit into it is left in a scratch folder.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeRecords } from './generated-records.js';
import { measureHeldout } from './measured-process.js';

/** @param {readonly number[]} counts of records */
export function measureGrowth(counts, memory) {
  return counts.map((count) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'heldout-growth-'));
    try {
      const file = path.join(folder, 'records.jsonl');
      console.log(`Writing ${count} records …`);
      const made = writeRecords(file, count);
      const out = path.join(folder, 'out');
      const args = ['compare', '--within', file, '--memory', memory, '--scratch', folder, '--out', out, '--quiet'];
      const { wall, cpu, maxRssBytes, status, stderr } = measureHeldout(args);
      if (status !== 1) throw new Error(`heldout ended with status ${status}: ${stderr}`);
      const { totals, overlaps } = JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8'));
      const row = {
        records: count,
        bytes: statSync(file).size,
        made,
        wall,
        cpu,
        maxRssBytes,
        totals,
        found: overlaps[0].byKind,
      };
      console.log(JSON.stringify(row));
      return row;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
