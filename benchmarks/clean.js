// What cleaning costs in text: cleans a corpus in each mode, scans the result, and counts what was kept of the text that is no
// contamination. usage: node benchmarks/clean.js CORPUS.jsonl.gz BENCHMARK...   (records must have their text in `text`)
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const heldout = fileURLToPath(new URL('../bin/heldout.js', import.meta.url));
const [corpus, ...benchmarks] = process.argv.slice(2);
if (benchmarks.length === 0) throw new Error('usage: node benchmarks/clean.js CORPUS.jsonl.gz BENCHMARK...');
const dir = mkdtempSync(path.join(tmpdir(), 'heldout-clean-'));
const jsonl = (bytes) =>
  bytes
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const texts = (file) => jsonl(gunzipSync(readFileSync(file))).map(({ text }) => text);
const scan = (against, out) =>
  spawnSync(process.execPath, [heldout, 'scan', ...benchmarks, '--against', against, '--out', out, '--quiet']).status;

scan(corpus, path.join(dir, 'report'));
const before = texts(corpus);
const total = before.reduce((sum, text) => sum + text.length, 0);
console.log(`${before.length} records, ${total} characters`);
console.log('mode  exit of the scan after  records dropped  edited  kept of other text  … in affected records');
for (const [mode, ...options] of [['drop'], ['cut'], ['cut', '--margin', '20']]) {
  const out = path.join(dir, [mode, ...options].join(''));
  execFileSync(process.execPath, [
    heldout,
    'clean',
    path.join(dir, 'report'),
    '--out',
    out,
    '--mode',
    mode,
    ...options,
  ]);
  const log = jsonl(readFileSync(path.join(out, 'removals.jsonl')));
  const spans = new Map();
  const reported = jsonl(readFileSync(path.join(dir, 'report/matches.jsonl'))).filter(
    (m) => m.verdict === 'contaminated',
  );
  for (const { document, spans: own } of reported)
    spans.set(document.record, [...(spans.get(document.record) ?? []), ...own.map((span) => span.document)]);
  // What the rounds found is contamination as much as what the report names; at margin 0 the log has both.
  if (options.length === 0)
    for (const { record, spans: own } of log) spans.set(record, [...(spans.get(record) ?? []), ...own]);
  const inSpans = (ranges) => {
    let sum = 0;
    let end = 0;
    for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
      sum += Math.max(0, to - Math.max(from, end));
      end = Math.max(end, to);
    }
    return sum;
  };
  const contaminated = [...spans.values()].reduce((sum, ranges) => sum + inSpans(ranges), 0);
  const affected = [...spans.keys()].reduce((sum, record) => sum + before[record - 1].length, 0);
  const after = texts(path.join(out, 'corpus', path.basename(corpus))).reduce((sum, text) => sum + text.length, 0);
  const { dropped, cut } = JSON.parse(readFileSync(path.join(out, 'clean.json'), 'utf8')).files[0];
  const share = (kept, of) => `${((100 * kept) / of).toFixed(2)} %`;
  console.log(
    [mode, ...options].join(' ').padEnd(15),
    String(scan(path.join(out, 'corpus'), path.join(dir, 'again'))).padEnd(8),
    dropped,
    cut,
    share(after, total - contaminated),
    share(after - (total - affected), affected - contaminated),
  );
}
rmSync(dir, { recursive: true });
