// Compares a scan of a real corpus with what an exact oracle found in it: <corpus>.oracle-hits.jsonl, lines
// {doc, hits: [{bench, item, cov, tokens}]}, `cov` being the share of the question's 8-grams that the document holds.
//
// Where several items are much the same (siblings of a template, the same question in two benchmarks), heldout names the
// one that explains the text best. A hit that is not found although its document was reported with another item is told apart.

/** Coverage from which a hit must be found. */
export const SURE = 0.8;

/** @param {ReadonlySet<string>} verdicts those that count as found */
export function compareOracle(oracle, matches, items, verdicts) {
  const verdictOfPair = new Map();
  const reportedDocuments = new Set();
  for (const { document, item, benchmark, verdict } of matches) {
    const key = pair(document.id, benchmark, item);
    if (!verdicts.has(verdictOfPair.get(key))) verdictOfPair.set(key, verdict);
    if (verdicts.has(verdict)) reportedDocuments.add(document.id);
  }
  const verdictOfItem = new Map(items.map(({ benchmark, item, verdict }) => [pair('', benchmark, item), verdict]));
  const known = new Set(items.map(({ benchmark }) => benchmark));

  const hits = oracle.flatMap(({ doc, hits }) => hits.map((hit) => ({ doc, ...hit })));
  const sure = hits.filter(({ bench, cov }) => known.has(bench) && cov >= SURE);
  const fates = { found: 0, suspect: 0, otherItem: 0, unchecked: 0, missed: 0 };
  const missed = [];
  const byBenchmark = new Map();
  for (const hit of sure) {
    const fate = fateOf(hit);
    fates[fate]++;
    const row = byBenchmark.get(hit.bench) ?? { hits: 0, found: 0 };
    byBenchmark.set(hit.bench, { hits: row.hits + 1, found: row.found + (fate === 'found' ? 1 : 0) });
    if (fate !== 'found' && missed.length < 50) missed.push({ fate, ...hit });
  }
  return {
    hits: hits.length,
    unknownBenchmark: hits.filter(({ bench }) => !known.has(bench)).length,
    sure: sure.length,
    ...fates,
    byBenchmark: Object.fromEntries([...byBenchmark].sort()),
    firstMissed: missed,
    contaminated: itemsByBenchmark(items, 'contaminated'),
    suspectItems: itemsByBenchmark(items, 'suspect'),
  };

  function fateOf({ doc, bench, item }) {
    const verdict = verdictOfPair.get(pair(doc, bench, item));
    if (verdicts.has(verdict)) return 'found';
    if (verdict === 'suspect') return 'suspect';
    if (verdictOfItem.get(pair('', bench, item)) === 'unchecked') return 'unchecked';
    return reportedDocuments.has(doc) ? 'otherItem' : 'missed';
  }
}

function pair(document, benchmark, item) {
  return JSON.stringify([document, benchmark, item]);
}

function itemsByBenchmark(items, wanted) {
  const counts = {};
  for (const { benchmark, verdict } of items) if (verdict === wanted) counts[benchmark] = (counts[benchmark] ?? 0) + 1;
  return counts;
}
