import type { Match } from '../../model/match.js';
import type { ItemResult } from '../../model/result.js';
import type { Report } from '../report.js';
import { itemKey, matchesByItem } from '../matches-by-item.js';
import { BLOCK, blocks, Names } from './columns.js';
import type { Filled } from './columns.js';
import type { ItemColumns, MatchColumns, PageData, TextEntry } from './data-shape.js';

/**
 * Most text that a page carries, in UTF-16 units: 100,000 matches of real corpora have 45 million (docs/PERFORMANCE.md).
 * A page of this size still opens in seconds; beyond it, figures and places stay, texts go.
 */
export const MOST_TEXT = 64_000_000;

/** The columns, the blocks of texts, and for how many matches the texts had no room. */
export interface EmbeddedData {
  readonly data: PageData;
  readonly itemTexts: readonly (readonly string[])[];
  readonly texts: readonly (readonly TextEntry[])[];
  readonly withoutText: number;
}

export function embeddedData({ items, matches }: Report, mostText = MOST_TEXT): EmbeddedData {
  const names = {
    verdicts: new Names(),
    parts: new Names(),
    benchmarks: new Names(),
    reasons: new Names(),
    files: new Names(),
  };
  const lists = matchesByItem(matches);
  // Of two items with one name, the first has the matches: nothing tells them apart.
  const byItem = items.map((item) => taken(lists, itemKey(item)));
  const chosen = matchesWithText(byItem, mostText);
  const itemTexts = new Names();
  const texts: TextEntry[] = [];
  const columns = emptyMatchColumns();
  const firstMatch = [0];
  for (const own of byItem) {
    for (const match of own) {
      const embedded = chosen.has(match);
      pushMatch(
        columns,
        match,
        names,
        embedded ? itemTexts.at(match.itemText) : -1,
        embedded ? texts.push(textEntry(match)) - 1 : -1,
      );
    }
    firstMatch.push(columns.part.length);
  }
  const partVerdicts = new Names();
  const itemColumns = columnsOf(items, names, partVerdicts, firstMatch);
  return {
    data: {
      verdicts: names.verdicts.list,
      parts: names.parts.list,
      benchmarks: names.benchmarks.list,
      reasons: names.reasons.list,
      files: names.files.list,
      partVerdicts: partVerdicts.list.map(pairsOf),
      items: itemColumns,
      matches: columns,
      blockSize: BLOCK,
    },
    itemTexts: blocks(itemTexts.list),
    texts: blocks(texts),
    withoutText: matches.length - chosen.size,
  };
}

function taken(lists: Map<string, Match[]>, key: string): Match[] {
  const list = lists.get(key) ?? [];
  lists.delete(key);
  return list;
}

/** Those whose texts have room: of every item the worst match, then of every item the second, and so on. */
function matchesWithText(byItem: readonly (readonly Match[])[], mostText: number): Set<Match> {
  const chosen = new Set<Match>();
  const itemTexts = new Set<string>();
  let room = mostText;
  let lists = byItem.filter((list) => list.length > 0);
  for (let rank = 0; lists.length > 0; rank++) {
    for (const list of lists) {
      const { itemText, documentText } = list[rank];
      room -= documentText.length + (itemTexts.has(itemText) ? 0 : itemText.length);
      if (room < 0) return chosen;
      itemTexts.add(itemText);
      chosen.add(list[rank]);
    }
    lists = lists.filter((list) => list.length > rank + 1);
  }
  return chosen;
}

type NameLists = Readonly<Record<'verdicts' | 'parts' | 'benchmarks' | 'reasons' | 'files', Names>>;

function columnsOf(
  items: readonly ItemResult[],
  names: NameLists,
  partVerdicts: Names,
  firstMatch: number[],
): ItemColumns {
  return {
    id: items.map(({ item }) => item),
    benchmark: items.map(({ benchmark }) => names.benchmarks.at(benchmark)),
    file: items.map(({ file }) => names.files.at(file)),
    record: items.map(({ record }) => record),
    verdict: items.map(({ verdict }) => names.verdicts.at(verdict)),
    reason: items.map(({ reason }) => names.reasons.at(reason)),
    part: items.map(({ part }) => (part === undefined ? -1 : names.parts.at(part))),
    coverage: items.map(({ coverage }) => Math.round(coverage * 10_000)),
    evidence: items.map(({ evidence }) => Math.round(evidence * 10)),
    documents: items.map(({ documents }) => documents),
    parts: items.map(({ parts }) =>
      partVerdicts.at(
        Object.entries(parts)
          .map((pair) => pair.join(' '))
          .join('\n'),
      ),
    ),
    firstMatch,
  };
}

function pairsOf(text: string): (readonly [string, string])[] {
  if (text === '') return [];
  return text.split('\n').map((pair) => {
    const [name, verdict] = pair.split(' ');
    return [name, verdict];
  });
}

function emptyMatchColumns(): Filled<MatchColumns> {
  return {
    verdict: [],
    reason: [],
    part: [],
    coverage: [],
    evidence: [],
    longestRun: [],
    file: [],
    record: [],
    offset: [],
    id: [],
    itemText: [],
    text: [],
  };
}

function pushMatch(
  columns: Filled<MatchColumns>,
  match: Match,
  names: NameLists,
  itemText: number,
  text: number,
): void {
  const { id, file, record, offset } = match.document;
  columns.verdict.push(names.verdicts.at(match.verdict));
  columns.reason.push(names.reasons.at(match.reason ?? ''));
  columns.part.push(names.parts.at(match.part));
  columns.coverage.push(Math.round(match.coverage * 10_000));
  columns.evidence.push(Math.round(match.evidence * 10));
  columns.longestRun.push(match.longestRun);
  columns.file.push(names.files.at(file));
  columns.record.push(record);
  columns.offset.push(offset);
  columns.id.push(id === `${file}#${record}` ? 0 : id);
  columns.itemText.push(itemText);
  columns.text.push(text);
}

function textEntry({ documentText, documentTextStart, spans, redacted }: Match): TextEntry {
  const runs = spans.flatMap(({ item, document }) => [...item, ...document]);
  if (!redacted) return [documentText, documentTextStart, runs];
  const { item, document } = redacted;
  return [documentText, documentTextStart, runs, [item.hmac, item.length, document.hmac, document.length]];
}
