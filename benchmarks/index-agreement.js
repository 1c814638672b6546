// The index route against the streaming route, match by match, on corpora and benchmarks of a folder.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { measureHeldout } from './measured-process.js';

/** As many words as the index finds for certain. */
const GUARANTEE = 13;
const EXAMPLES = 5;

/** `dir`: bench/*.jsonl.gz (or ../benchmarks), and corpora *.jsonl.gz beside it. */
export function agreementOf(dir, folder) {
  const bench = [path.join(dir, 'bench'), path.join(dir, '..', 'benchmarks')].find(existsSync);
  const corpora = readdirSync(dir).filter((name) => /\.jsonl(\.gz)?$/.test(name) && !/oracle|truth/.test(name));
  return [
    compare(
      bench,
      corpora.map((name) => path.join(dir, name)),
      folder,
      path.basename(dir),
    ),
  ];
}

function compare(bench, corpora, folder, name) {
  const at = (what) => path.join(folder, `${name}-${what}`);
  for (const what of ['index', 'index.partial']) rmSync(at(what), { recursive: true, force: true });
  const built = measureHeldout(['index', ...corpora, '--out', at('index'), '--quiet']);
  const asked = measureHeldout(['scan', bench, '--against', at('index'), '--out', at('asked'), '--quiet']);
  const streamed = measureHeldout(['scan', bench, '--against', ...corpora, '--out', at('streamed'), '--quiet']);
  const [a, s] = [at('asked'), at('streamed')].map(matchesOf);
  const long = [...s.values()].filter((match) => match.longestRun >= GUARANTEE);
  const missing = long.filter((match) => !a.has(keyOf(match)));
  const other = long.filter(
    (match) => a.has(keyOf(match)) && JSON.stringify(a.get(keyOf(match))) !== JSON.stringify(match),
  );
  const [ai, si] = [at('asked'), at('streamed')].map(itemsOf);
  const certain = new Set(long.map(({ benchmark, item }) => `${benchmark} ${item}`));
  const verdicts = [...si].filter(([key, item]) => certain.has(key) && ai.get(key)?.verdict !== item.verdict);
  return {
    name,
    seconds: { build: built.wall, asked: asked.wall, streamed: streamed.wall },
    cpu: { build: built.cpu, asked: asked.cpu, streamed: streamed.cpu },
    matches: { streamed: s.size, asked: a.size, long: long.length, same: long.length - missing.length - other.length },
    missing: missing.length,
    other: other.length,
    extra: [...a.keys()].filter((key) => !s.has(key)).length,
    certainItems: certain.size,
    otherVerdicts: verdicts.length,
    shortLost: [...s.values()].filter((match) => match.longestRun < GUARANTEE && !a.has(keyOf(match))).length,
    examples: {
      missing: missing.slice(0, EXAMPLES).map(brief),
      other: other.slice(0, EXAMPLES).map((match) => [brief(match), brief(a.get(keyOf(match)))]),
      verdicts: verdicts
        .slice(0, EXAMPLES)
        .map(([key, item]) => [key, item.verdict, ai.get(key)?.verdict, ai.get(key)?.reason]),
    },
  };
}

function keyOf({ benchmark, item, document }) {
  return JSON.stringify([benchmark, item, document.file, document.record]);
}

function brief({ benchmark, item, document, verdict, part, coverage, longestRun }) {
  return { benchmark, item, document: document.id, verdict, part, coverage, longestRun };
}

function linesOf(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function matchesOf(report) {
  return new Map(linesOf(path.join(report, 'matches.jsonl')).map((match) => [keyOf(match), match]));
}

function itemsOf(report) {
  return new Map(linesOf(path.join(report, 'items.jsonl')).map((item) => [`${item.benchmark} ${item.item}`, item]));
}

export function agreementSection(dir, all) {
  return all
    .map(({ name, seconds, cpu, matches, missing, other, extra, certainItems, otherVerdicts, shortLost }) =>
      [
        `## Against the streaming route: ${name}`,
        `- streaming ${seconds.streamed.toFixed(0)} s (${cpu.streamed.toFixed(0)} s CPU); index built in ${seconds.build.toFixed(0)} s (${cpu.build.toFixed(0)} s CPU), scanned in ${seconds.asked.toFixed(0)} s (${cpu.asked.toFixed(0)} s CPU)`,
        `- ${matches.streamed} matches by streaming, ${matches.long} of them with a run of ${GUARANTEE} words or more; by the index the same to the last figure: ${matches.same}, with other figures: ${other}, not found: ${missing}`,
        `- items with such a match: ${certainItems}, of which with another verdict: ${otherVerdicts}`,
        `- shorter runs only, found by streaming alone: ${shortLost} matches; found by the index alone: ${extra}`,
      ].join('\n'),
    )
    .join('\n\n');
}
