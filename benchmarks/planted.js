// Scores a scan of a planted set: truth.jsonl names, for every text that was planted, its document, its item (`-`: none),
// how it was changed (`transform`, `level`) and whether it should be found (`expect`).
//
// A planted text is found when its document is reported with its item or one of its aliases (with any item, where it has
// none). A false pair is a reported (document, item) of which the document has no planted text of that item or an alias.

const LEVELS = ['easy', 'medium', 'hard', 'semantic', 'negative'];

/**
 * @param truth records of truth.jsonl
 * @param matches records of matches.jsonl
 * @param {ReadonlySet<string>} verdicts those that count as reported
 */
export function scorePlanted(truth, matches, verdicts) {
  const reported = new Map();
  for (const match of matches.filter(({ verdict }) => verdicts.has(verdict)))
    into(reported, match.document.id, () => new Map()).set(match.item, match.benchmark);

  const allowed = new Map();
  const planted = new Set();
  for (const one of truth) {
    planted.add(one.item);
    const items = into(allowed, one.doc, () => new Set());
    if (one.item !== '-') namesOf(one).forEach((name) => items.add(name));
  }

  const levels = new Map();
  const transforms = new Map();
  for (const one of truth) {
    const items = reported.get(one.doc);
    const found = items !== undefined && (one.item === '-' || namesOf(one).some((name) => items.has(name)));
    count(levels, [one.level, one.expect], found);
    count(transforms, [one.level, one.expect, one.transform], found);
  }

  const falsePairs = [...reported].flatMap(([document, items]) =>
    [...items]
      .filter(([item]) => !allowed.get(document)?.has(item))
      .map(([item, benchmark]) => ({ document, item, benchmark })),
  );
  const distinct = (values) => new Set(values).size;
  return {
    levels: rows(levels),
    transforms: rows(transforms),
    pairsReported: [...reported.values()].reduce((sum, items) => sum + items.size, 0),
    falsePairs: falsePairs.length,
    falsePairsByBenchmark: Object.fromEntries(tallied(falsePairs.map(({ benchmark }) => benchmark))),
    cleanDocumentsFlagged: distinct(
      falsePairs.map(({ document }) => document).filter((document) => !allowed.has(document)),
    ),
    neverPlantedItemsFlagged: distinct(falsePairs.map(({ item }) => item).filter((item) => !planted.has(item))),
  };
}

function namesOf({ item, aliases = [] }) {
  return [item, ...aliases.map(([name]) => name)];
}

function into(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  return map.get(key);
}

function count(map, key, found) {
  const row = into(map, key.join('\t'), () => ({ n: 0, found: 0 }));
  row.n++;
  if (found) row.found++;
}

function rows(map) {
  return [...map]
    .map(([key, { n, found }]) => {
      const [level, expect, transform] = key.split('\t');
      return { level, expect, ...(transform ? { transform } : {}), n, found, share: found / n };
    })
    .sort(
      (a, b) =>
        LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
        order(a.expect, b.expect) ||
        order(a.transform, b.transform),
    );
}

function order(a = '', b = '') {
  return a < b ? -1 : a > b ? 1 : 0;
}

function tallied(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
