import { excuseCommonPassages, unexcused } from '../judge/common.js';
import { BY_FIGURES } from '../judge/figures.js';
import { keyOf } from '../judge/gate.js';
import type { Match } from '../model/match.js';
import type { Digester } from '../report/digest.js';

/** A match whose texts were let go of. */
export type BareMatch = Omit<Match, 'itemText' | 'documentText' | 'documentTextStart'>;

/** A record that holds something of a benchmark, and what. */
export interface Removal {
  readonly file: string;
  readonly record: number;
  readonly offset: number;
  readonly id: string;
  readonly matches: readonly BareMatch[];
  /** Cutting did not help: it goes as a whole. */
  readonly stubborn?: boolean;
  /** Characters [start, start + length) of its text had this digest when it was scanned; absent where a report does not show them. */
  readonly proof?: Proof;
  /** One of each of its matches, where a report shows all of them: records that share a line share the place, not the text. */
  readonly proofs?: readonly Proof[];
}

export interface Proof {
  readonly start: number;
  readonly length: number;
  readonly xxh64: string;
}

export interface RemovalOptions {
  /** `suspect` takes out both. */
  readonly from: 'contaminated' | 'suspect';
}

/** Whether a match of matches.jsonl says where it is: a file may be anything. */
export function hasPlace({ document, spans }: Match): boolean {
  const counts = [document.record, document.offset + 1, ...spans.flatMap((span) => span.document)];
  return (
    document.file !== '' &&
    counts.every((n) => Number.isSafeInteger(n) && n >= 0) &&
    spans.every((span) => span.document[0] <= span.document[1])
  );
}

/**
 * What is to be taken out, by file, in the order it stands there. Memory goes with the number of matches: of their texts only a
 * digest is kept.
 */
export async function removalsOf(
  matches: AsyncIterable<Match>,
  { from }: RemovalOptions,
  digester: Digester,
): Promise<Map<string, Removal[]>> {
  const bare: BareMatch[] = [];
  const proofs = new Map<BareMatch, Proof>();
  for await (const match of matches) {
    const one = bareMatch(match);
    bare.push(one);
    if (match.documentText !== '') proofs.set(one, proofOf(match, digester));
  }
  const files = new Map<string, Removal[]>();
  for (const found of grouped(chosen(bare, from), placeOf).values()) {
    const own = found.map((match) => proofs.get(match)).filter((proof) => proof !== undefined);
    const shown = own.length < found.length ? {} : { proofs: own };
    const removal: Removal = { ...found[0].document, matches: found, ...(own[0] ? { proof: own[0], ...shown } : {}) };
    const others = files.get(removal.file);
    if (others) others.push(removal);
    else files.set(removal.file, [removal]);
  }
  for (const removals of files.values()) removals.sort((a, b) => a.offset - b.offset || a.record - b.record);
  return files;
}

export function bareMatch(match: Match): BareMatch {
  const { benchmark, item, document, verdict, reason, part, coverage, evidence, longestRun, spans } = match;
  const why = reason === undefined ? {} : { reason };
  return { benchmark, item, document, verdict, ...why, part, coverage, evidence, longestRun, spans };
}

export function proofOf({ documentText, documentTextStart: start }: Match, digester: Digester): Proof {
  return { start, length: documentText.length, xxh64: textDigest(documentText, digester) };
}

export function textDigest(text: string, digester: Digester): string {
  const digest = digester();
  digest.update(Buffer.from(text, 'utf16le'));
  return digest.hex();
}

function placeOf({ document }: BareMatch): string {
  return JSON.stringify([document.file, document.record]);
}

function chosen(matches: readonly BareMatch[], from: RemovalOptions['from']): readonly BareMatch[] {
  if (from === 'suspect') return matches.filter(({ verdict }) => verdict === 'contaminated' || verdict === 'suspect');
  const contaminated = matches.filter(({ verdict }) => verdict === 'contaminated');
  const excused = matches.filter(
    ({ verdict, reason }) => verdict === 'suspect' && reason !== undefined && reason !== BY_FIGURES,
  );
  return excused.length === 0 ? contaminated : withUnexcused(matches, contaminated);
}

/**
 * A passage that several documents hold is excused for being common. Once some of them are gone it may be common no longer, and
 * the rest would be contaminated: they go too, until nothing changes.
 */
function withUnexcused(matches: readonly BareMatch[], contaminated: readonly BareMatch[]): BareMatch[] {
  const gone = new Set(contaminated.map(placeOf));
  const items = grouped(matches, keyOf);
  const lists = [...items.values()]
    .map((list) => ({ list, excused: excusedBy(list) }))
    .filter((one) => one.excused.size > 0);
  const extra = new Set<BareMatch>();
  for (let before = -1; before !== gone.size;) {
    before = gone.size;
    for (const { list, excused } of lists) {
      const left = list.filter((match) => !gone.has(placeOf(match)));
      const still = excusedBy(left);
      for (const match of left) {
        if (!excused.has(match) || still.has(match)) continue;
        extra.add(match);
        gone.add(placeOf(match));
      }
    }
  }
  return [...contaminated, ...extra];
}

/** Those of an item's matches that are suspect for no other reason than that they are common. */
function excusedBy(matches: readonly BareMatch[]): ReadonlySet<BareMatch> {
  const asFound = matches.map((match) => {
    const texts = { itemText: '', documentText: '', documentTextStart: 0 };
    return { ...unexcused(match), ...texts };
  });
  const judged = excuseCommonPassages(asFound);
  return new Set(matches.filter((match, i) => unexcused(match) !== match && judged[i].verdict === 'suspect'));
}

export function grouped<T, K>(all: readonly T[], key: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}
