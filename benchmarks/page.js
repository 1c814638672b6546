// How long the page of a large report takes: to be written, to open, to be filtered. `npm run bench:page [MATCHES]`
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { DEFAULT_SETTINGS } from '../dist/model/settings.js';
import { readReport } from '../dist/audit/whole-report.js';
import { writeRenderings, writeReport } from '../dist/report/writer.js';

const MATCHES = Number(process.argv[2] ?? 100_000);
// As in real corpora (docs/PERFORMANCE.md): 4.1 matches an item found, one item of eight found, 150 and 300 characters.
const FOUND = Math.ceil(MATCHES / 4.1);
const ITEMS = FOUND * 8;

// A generator with a seed, so that every run measures the same.
let state = 12345;
const random = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 2 ** 32;
const WORDS = Array.from({ length: 20_000 }, () => {
  const length = 2 + Math.floor(random() * 9);
  return Array.from({ length }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
});
const words = (characters) => {
  let text = WORDS[Math.floor(random() * WORDS.length)];
  while (text.length < characters) text += ` ${WORDS[Math.floor(random() * WORDS.length)]}`;
  return text;
};

const result = madeResult();
const dir = mkdtempSync(path.join(tmpdir(), 'heldout-bench-page-'));
try {
  await cpuOf('JSON and page written, as by a scan', () => writeReport(dir, result, '0.0.0'));
  const report = await cpuOf('JSON read again', () => readReport(dir));
  await cpuOf('page written', () => writeRenderings(dir, report, { formats: ['html'] }));
  const others = ['markdown', 'csv', 'sarif', 'junit'];
  await cpuOf('every other format written', () => writeRenderings(dir, report, { formats: others }));
  for (const name of readdirSync(dir).sort())
    console.log(`  ${name.padEnd(16)} ${(statSync(path.join(dir, name)).size / 1e6).toFixed(1)} MB`);
  await inBrowser(path.join(dir, 'index.html'));
} finally {
  rmSync(dir, { recursive: true });
}

async function inBrowser(file) {
  const executablePath = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (one) => one !== '' && existsSync(one),
  );
  if (!executablePath) return console.log('no Chromium here: the page was not opened');
  const flags = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ];
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const at = performance.now();
    await page.goto(pathToFileURL(file).href);
    await page.locator('.rows .row').first().waitFor();
    say('page open, list and evidence shown', performance.now() - at);
    // Each until the next frame is drawn, which is what a person waits for.
    const search = (text) =>
      page.evaluate(async (typed) => {
        const input = document.querySelector('input[type=search]');
        const start = performance.now();
        input.value = typed;
        input.dispatchEvent(new Event('input'));
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - start;
      }, text);
    const click = (selector) =>
      page.evaluate(async (wanted) => {
        const start = performance.now();
        document.querySelector(wanted).click();
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - start;
      }, selector);
    say('first filter (texts made searchable)', await search('shard'));
    say('next letter typed', await search(`${WORDS[7]}`));
    say('filter cleared', await search(''));
    say('all verdicts shown', await click('.chip.v-clean'));
    say('sorted by evidence', await click('.c-evidence button'));
    say('sorted by item', await click('.c-item button'));
    say('another item opened', await click('.rows .row:nth-child(9)'));
    const scrolled = await page.evaluate(async () => {
      const list = document.querySelector('.list');
      let most = 0;
      for (let i = 0; i < 60; i++) {
        const start = performance.now();
        list.scrollTop += 4000;
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        most = Math.max(most, performance.now() - start);
      }
      return most;
    });
    say('slowest frame of a fast scroll', scrolled);
    const heap = await page.evaluate(() => performance.memory?.usedJSHeapSize ?? 0);
    console.log(`  memory of its script: ${(heap / 1e6).toFixed(0)} MB`);
  } finally {
    await browser.close();
  }
}

/** Seconds of processor and of the clock: the first say more where a machine is shared. */
async function cpuOf(what, act) {
  const at = performance.now();
  const before = process.cpuUsage();
  const value = await act();
  const { user, system } = process.cpuUsage(before);
  console.log(
    `${what}: ${((user + system) / 1e6).toFixed(1)} CPU-s, ${((performance.now() - at) / 1000).toFixed(1)} s`,
  );
  return value;
}

function say(what, ms) {
  console.log(`${what}: ${ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`}`);
}

function madeResult() {
  const items = [];
  const matches = [];
  for (let i = 0; i < ITEMS; i++) {
    const isFound = i % 8 === 0;
    const benchmark = `bench-${i % 12}`;
    const base = { benchmark, item: `test/${i}`, file: `bench/${benchmark}.jsonl`, record: i + 1, reason: '' };
    if (!isFound) {
      items.push({ ...base, verdict: 'clean', coverage: 0, evidence: 0, documents: 0, parts: { question: 'clean' } });
      continue;
    }
    const itemText = words(60 + random() * 180);
    const documents = Math.min(MATCHES - matches.length, 1 + Math.floor(random() * 7.2));
    const verdict = random() < 0.88 ? 'contaminated' : 'suspect';
    for (let j = 0; j < documents; j++) {
      const file = `corpus/shard-${String(Math.floor(random() * 500)).padStart(5, '0')}.jsonl.zst`;
      const record = Math.floor(random() * 1e6);
      const before = words(80);
      const documentText = `${before} ${itemText} ${words(60)}`;
      const start = before.length + 1;
      const middle = Math.floor(itemText.length / 2);
      const span = (from, to) => ({ item: [from, to], document: [start + from, start + to] });
      matches.push({
        benchmark,
        item: base.item,
        document: { id: `${file}#${record}`, file, record, offset: record * 997 },
        ...{
          verdict,
          part: 'question',
          coverage: 0.45 + random() * 0.55,
          evidence: 40 + random() * 600,
          longestRun: 20,
        },
        ...{
          spans: [span(0, middle - 1), span(middle, itemText.length)],
          itemText,
          documentText,
          documentTextStart: 0,
        },
      });
    }
    const parts = { question: verdict };
    const best = matches.at(-1).document;
    items.push({ ...base, verdict, part: 'question', coverage: 0.9, evidence: 200, documents, parts, bestMatch: best });
  }
  const counts = (name) => {
    const own = items.filter((item) => item.benchmark === name);
    const n = (verdict) => own.filter((item) => item.verdict === verdict).length;
    return { contaminated: n('contaminated'), suspect: n('suspect'), clean: n('clean'), unchecked: 0 };
  };
  const names = Array.from({ length: 12 }, (_, i) => `bench-${i}`);
  const rate = { value: 0.1, low: 0.09, high: 0.11 };
  return {
    settings: DEFAULT_SETTINGS,
    benchmarks: names.map((name) => ({
      name,
      files: [],
      fields: {},
      items: 0,
      counts: counts(name),
      byPart: {},
      rate,
    })),
    ...{ corpus: [], items, matches, skips: [], partial: false },
    totals: { documents: 1e6, skippedDocuments: 0, unreadableFiles: 0, textBytes: 1e9 },
  };
}
