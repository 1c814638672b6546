import { KINDS } from '../../model/comparison.js';
import type { DuplicateKind, DuplicateRecord, Place } from '../../model/comparison.js';
import type { CompareJson } from '../compare-json.js';
import { compareVerdict } from '../compare-verdict.js';
import type { Comparison } from '../comparison.js';
import { count, counted } from '../numbers.js';
import { attribute, content, policySuite } from './junit-text.js';

/** Records named in a test, as in the summaries of CI: duplicates.jsonl has all. */
const NAMED = 50;

type SetJson = CompareJson['sets'][number];

/** Records of a set that are the same as another in one way: how many, and the first of them. */
interface Kind {
  records: number;
  readonly first: DuplicateRecord[];
}

/**
 * A suite for the policy (what the comparison came to, a test a sentence), and one for each set, with a test for each way in which
 * a record can be the same as another: so their names stay from run to run. No text is in it, whichever record fails it.
 */
export function* comparisonJunit(comparison: Comparison): Generator<string> {
  const { report } = comparison;
  const { status, findings } = compareVerdict(report);
  const policy = policySuite(status === 'clean', findings);
  const found = kindsBySet(comparison);
  // What the policy allows is told, and passes.
  const allowed = report.totals.duplicates <= report.settings.maxDuplicates;
  const failing = (set: string): number =>
    allowed ? 0 : KINDS.filter((kind) => kindOf(found, set, kind).records > 0).length;
  const tests = report.sets.length * KINDS.length + policy.tests;
  const failures = report.sets.reduce((sum, { name }) => sum + failing(name), policy.failures);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="heldout compare" tests="${tests}" failures="${failures}" errors="0">\n`;
  yield policy.xml;
  for (const set of report.sets) {
    const why = uncompared(set, report);
    yield `  <testsuite name="${attribute(set.name)}" tests="${KINDS.length}" failures="${failing(set.name)}" errors="0" skipped="${why === undefined ? 0 : KINDS.length}">\n`;
    for (const kind of KINDS) yield testCase(set, kind, kindOf(found, set.name, kind), { report, allowed, why });
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

const NONE: Kind = { records: 0, first: [] };

function kindsBySet(comparison: Comparison): ReadonlyMap<string, Readonly<Record<DuplicateKind, Kind>>> {
  const found = new Map<string, Record<DuplicateKind, Kind>>();
  for (const one of comparison.duplicates()) {
    const own = found.get(one.set) ?? kindless();
    found.set(one.set, own);
    const kind = own[one.kind];
    if (kind.records++ < NAMED) kind.first.push(one);
  }
  return found;
}

function kindless(): Record<DuplicateKind, Kind> {
  return { exact: { records: 0, first: [] }, normalised: { records: 0, first: [] }, near: { records: 0, first: [] } };
}

function kindOf(found: ReturnType<typeof kindsBySet>, set: string, kind: DuplicateKind): Kind {
  return found.get(set)?.[kind] ?? NONE;
}

/** Why nothing is known of a set: nothing compared must not pass for nothing found. */
function uncompared({ records, wordless }: SetJson, { sets, settings }: CompareJson): string | undefined {
  if (records - wordless === 0) return 'no record with a word in it: nothing was compared';
  return !settings.within && sets.length < 2 ? 'there is no other set: nothing was compared' : undefined;
}

interface Context {
  readonly report: CompareJson;
  readonly allowed: boolean;
  readonly why: string | undefined;
}

function testCase(
  { name, records, wordless }: SetJson,
  kind: DuplicateKind,
  { records: found, first }: Kind,
  { report: { settings }, allowed, why }: Context,
): string {
  const where = settings.within ? 'inside the set' : 'in another set';
  const open = `    <testcase classname="${attribute(name)}" name="no ${kind} duplicate ${where}"`;
  if (why !== undefined) return `${open}><skipped message="${attribute(why)}"/></testcase>\n`;
  if (found === 0) return `${open}/>\n`;
  const says = `${count(found)} of ${counted(records - wordless, 'record')} ${found === 1 ? 'has' : 'have'} a duplicate ${where}: ${kind}`;
  const more = found - first.length;
  const listed = [
    ...first.map(lineOf),
    ...(more > 0 ? [`and ${counted(more, 'more record')}: duplicates.jsonl has all`] : []),
  ].join('\n');
  if (allowed)
    return `${open}><system-out>${content(`${says}; the policy allows ${count(settings.maxDuplicates)}\n${listed}\n`)}</system-out></testcase>\n`;
  return `${open}><failure type="${kind}" message="${attribute(says)}">${content(`${listed}\n`)}</failure></testcase>\n`;
}

function lineOf({ like, jaccard, kind, drop, ...own }: DuplicateRecord): string {
  const closeness = kind === 'near' ? ` Jaccard ${jaccard.toFixed(3)}` : '';
  return `${placeText(own)}${drop ? ' (to drop)' : ''}: ${kind}${closeness} of ${like.set} ${placeText(like)}`;
}

function placeText({ id, file, record }: Place): string {
  const where = `${file} record ${count(record)}`;
  return id === `${file}#${record}` ? where : `${id} (${where})`;
}
