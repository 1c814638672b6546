import type { Match } from '../../model/match.js';
import type { FileResult, ItemResult } from '../../model/result.js';
import { safeJsonPage, shown } from '../escape.js';
import { count, counted, percent } from '../numbers.js';
import { itemKey, matchesByItem } from '../matches-by-item.js';
import { VERDICT_MEANING } from '../page/verdict-words.js';
import type { ReportJson } from '../report-json.js';
import type { Report } from '../report.js';
import { worstItems } from '../worst.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * GitHub shows the first 5,000 results of a run, and refuses one of more than 25,000. More are in items.jsonl.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
const RESULTS = 5000;
/** GitHub takes 10 MB of a run after gzip. Results with ten snippets each of Chinese drawn at random shrink to .55 at the worst; a real corpus, to .03. */
const BYTES = 15_000_000;
/** Documents named for an item; matches.jsonl has all. GitHub takes at most 1,000 locations a result. */
const DOCUMENTS = 10;
/** Characters of a document quoted with its place. */
const SNIPPET = 240;

/** Levels by verdict; a verdict that is not here is no result. */
const LEVELS: Readonly<Record<string, 'error' | 'warning'>> = {
  contaminated: 'error',
  suspect: 'warning',
  unconfirmed: 'warning',
};

/**
 * SARIF 2.1.0: a result for each item found, at its record in the benchmark's file, which is what the reader owns and can
 * mend; the documents that hold it are its related locations.
 */
export function sarifJson({ report, items, matches }: Report): string[] {
  const found = worstItems(items.filter((item) => item.verdict in LEVELS));
  const rules = Object.keys(LEVELS).filter((verdict) => found.some((item) => item.verdict === verdict));
  const files = new Map(
    [...report.provenance.benchmarks, ...report.provenance.corpus].map((file) => [file.path, file]),
  );
  const byItem = matchesByItem(matches);
  const results = withinLimits(found, (item) => resultOf(item, byItem.get(itemKey(item)) ?? [], rules, files));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            version: report.tool.version,
            rules: rules.map(ruleOf),
          },
        },
        // Characters are counted in UTF-16 units throughout a report.
        columnKind: 'utf16CodeUnits',
        automationDetails: { id: `heldout/${report.settings.id}` },
        invocations: [
          {
            executionSuccessful: !report.partial,
            toolExecutionNotifications: notificationsOf(report, found.length - results.length),
          },
        ],
        results,
      },
    ],
  };
  return [safeJsonPage(log)];
}

/** The results of the first items, as many as GitHub takes. */
function withinLimits(items: readonly ItemResult[], resultOfItem: (item: ItemResult) => object): object[] {
  const results: object[] = [];
  let bytes = 0;
  for (const item of items.slice(0, RESULTS)) {
    const result = resultOfItem(item);
    bytes += Buffer.byteLength(JSON.stringify(result));
    if (bytes > BYTES) break;
    results.push(result);
  }
  return results;
}

/** What a reader must know of the run before the absence of a result says anything. */
function notificationsOf({ partial, skipped }: ReportJson, leftOut: number): object[] {
  const told: [id: string, text: string][] = skipped.map(({ reason, meaning, count: n }) => [
    reason,
    `${counted(n, 'time')}: ${meaning}`,
  ]);
  if (partial)
    told.unshift([
      'partial',
      'The run was interrupted or limited. What is reported is true; what is absent says nothing.',
    ]);
  if (leftOut > 0)
    told.unshift([
      'left-out',
      `${counted(leftOut, 'item')} found are not among the results: GitHub shows ${count(RESULTS)} of a run and takes 10 MB of it after gzip, and these are the worst. items.jsonl has all.`,
    ]);
  return told.map(([id, text]) => ({ level: 'warning', descriptor: { id }, message: { text: message(text) } }));
}

function ruleOf(verdict: string): object {
  return {
    id: verdict,
    name: `Item${verdict[0].toUpperCase()}${verdict.slice(1)}`,
    shortDescription: { text: `Benchmark item ${verdict}` },
    fullDescription: { text: message(VERDICT_MEANING[verdict] ?? verdict) },
    defaultConfiguration: { level: LEVELS[verdict] },
    help: { text: 'Compare both texts with: heldout show --item ID. Then drop the item, or clean the corpus of it.' },
  };
}

function resultOf(
  item: ItemResult,
  matches: readonly Match[],
  rules: readonly string[],
  files: ReadonlyMap<string, FileResult>,
): object {
  const says = `${item.benchmark} ${item.item} is ${item.verdict}: ${item.part ?? 'item'} ${percent(item.coverage)}% covered, ${count(item.evidence)} bits, in ${counted(item.documents, 'document')}.`;
  return {
    ruleId: item.verdict,
    ruleIndex: rules.indexOf(item.verdict),
    level: LEVELS[item.verdict],
    message: { text: message(`${says}${item.reason === '' ? '' : ` ${item.reason}.`}`) },
    locations: [
      {
        physicalLocation: place(item.file, item.record, files),
        logicalLocations: [{ fullyQualifiedName: shown(`${item.benchmark}/${item.item}`), kind: 'member' }],
      },
    ],
    relatedLocations: matches.slice(0, DOCUMENTS).map((match, id) => related(match, id, files)),
    partialFingerprints: { 'benchmarkItem/v1': shown(`${item.benchmark}/${item.item}`) },
    properties: { coverage: item.coverage, evidence: item.evidence, documents: item.documents, part: item.part },
  };
}

function related(match: Match, id: number, files: ReadonlyMap<string, FileResult>): object {
  const { file, record } = match.document;
  const snippet = shown(match.documentText.slice(0, SNIPPET));
  return {
    id,
    physicalLocation: place(file, record, files, snippet),
    message: {
      text: message(
        `${match.verdict}: ${match.part} ${percent(match.coverage)}% covered, longest run ${count(match.longestRun)}; record ${count(record)}`,
      ),
    },
  };
}

/** A record is a line where the file is plain JSONL; else its number is in the message alone. */
function place(file: string, record: number, files: ReadonlyMap<string, FileResult>, snippet = ''): object {
  const read = files.get(file);
  const isLine = read?.container === 'jsonl' && read.compression === 'none' && record > 0;
  const region = { startLine: record, ...(snippet === '' ? {} : { snippet: { text: snippet } }) };
  return { artifactLocation: { uri: uri(file) }, ...(isLine ? { region } : {}) };
}

/** A relative reference, every byte that is not plain in it percent-encoded. */
function uri(path: string): string {
  const [first, ...rest] = path
    .replace(/\p{Cs}/gu, '\ufffd')
    .replaceAll('\\', '/')
    .split('/')
    .map(encodeURIComponent);
  // A colon in the first segment would make it a scheme; encodeURIComponent leaves none.
  return [first, ...rest].join('/');
}

/** In a SARIF message, `{0}` is a placeholder and `[text](link)` a link: names from a file must be neither. */
function message(text: string): string {
  return shown(text)
    .replace(/[{}]/g, '$&$&')
    .replace(/[[\]\\]/g, '\\$&');
}
