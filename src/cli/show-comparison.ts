import { reportLines } from '../audit/report-lines.js';
import { savedComparison } from '../audit/saved-comparison.js';
import type { SavedComparison } from '../audit/saved-comparison.js';
import { outputOf } from '../audit/saved-report.js';
import type { ClusterSummary, DuplicateKind, Pair } from '../model/comparison.js';
import { clusterFromLine, pairFromLine } from '../report/compare-from-line.js';
import { shown } from '../report/escape.js';
import { count, counted } from '../report/numbers.js';
import { pairLines } from '../report/pair-text.js';
import { redactedCluster, redactedPair } from '../report/redact-comparison.js';
import { style } from '../report/style.js';
import type { Style } from '../report/style.js';
import type { ExitCode } from './exit-code.js';
import { print, say } from './output.js';
import { redactorOf } from './redact-options.js';
import type { RedactOptions } from './redact-options.js';
import { screenOf } from './screen.js';

/** What narrows the pairs of a comparison. */
export interface ShowPairsOptions extends RedactOptions {
  /** Its line in pairs.jsonl. */
  readonly pair?: number;
  readonly cluster?: number;
  readonly kind?: DuplicateKind;
  readonly limit: number;
  readonly rows: number;
  readonly color: boolean;
}

/** Prints pairs of a finished comparison side by side, in the order of the report, as it reads them. */
export async function showComparison(dir: string, options: ShowPairsOptions): Promise<ExitCode> {
  const saved = await savedComparison(dir);
  const screen = screenOf(process.stdout, process.stderr, process.env, options.color);
  const look = style(screen.colour);
  const redactor = await redactorOf(options);
  const cluster = options.cluster === undefined ? undefined : await clusterOf(saved, options.cluster);
  if (cluster) print(clusterText(redactor ? redactedCluster(cluster, redactor) : cluster, look));
  let [line, found] = [0, 0];
  for await (const pair of reportLines(saved.dir, outputOf(saved, 'pairs.jsonl'), pairFromLine)) {
    line++;
    if (!isWanted(pair, line, options)) continue;
    found++;
    if (options.limit > 0 && found > options.limit) continue;
    const title = `pair ${count(line)} · cluster ${count(pair.cluster)}`;
    const lines = [
      `  ${look.paint('strong', title)}`,
      ...pairLines(redactor ? redactedPair(pair, redactor) : pair, look, Math.max(60, screen.width), options.rows),
    ];
    print(`${found > 1 || cluster ? '\n' : ''}${lines.map((one) => `${one}\n`).join('')}`);
  }
  if (found === 0) say(`${saved.dir}: no such pair in this report, of ${counted(line, 'pair')}.`);
  const more = options.limit > 0 ? found - options.limit : 0;
  if (more > 0) say(`${counted(more, 'more pair')}: --limit ${found} shows all.`);
  return 0;
}

function isWanted(pair: Pair, line: number, options: ShowPairsOptions): boolean {
  return (
    (options.pair === undefined || line === options.pair) &&
    (options.cluster === undefined || pair.cluster === options.cluster) &&
    (options.kind === undefined || pair.kind === options.kind)
  );
}

async function clusterOf(saved: SavedComparison, number: number): Promise<ClusterSummary | undefined> {
  let found: ClusterSummary | undefined;
  for await (const cluster of reportLines(saved.dir, outputOf(saved, 'clusters.jsonl'), clusterFromLine))
    if (cluster.cluster === number) found = cluster;
  return found;
}

function clusterText(
  { cluster, records, representative: { set, id, file, record } }: ClusterSummary,
  look: Style,
): string {
  return (
    `${look.paint('strong', `Cluster ${count(cluster)}`)} of ${counted(records, 'record')}, represented by ` +
    `${shown(set)} ${shown(id)} (${shown(file)} record ${count(record)})\n`
  );
}
