import type { Match, MatchedPart } from '../model/match.js';
import type { ItemResult, ScanResult } from '../model/result.js';
import { VERDICTS } from '../model/verdict.js';
import { shown } from './escape.js';
import { flow } from './flow.js';
import type { Piece } from './flow.js';
import { redactedLine } from './match-text.js';
import { count, counted, percent } from './numbers.js';
import { sideBySide } from './side-by-side.js';
import type { Style } from './style.js';

/** Lines of text a match gets. */
const ROWS = 8;

const SEVERITY: Readonly<Record<MatchedPart, number>> = {
  'question+answer': 0,
  question: 1,
  code: 1,
  passage: 2,
  choices: 3,
  answer: 4,
};

/**
 * The few to show: contaminated before suspect, a question with its answer first, then by evidence. An item once; each
 * benchmark before any a second time, so that one bad benchmark does not hide the others (but no suspect goes before
 * what is contaminated).
 */
export function worstMatches(matches: readonly Match[], n: number): Match[] {
  const best = new Map<string, Match>();
  for (const match of matches) {
    const key = JSON.stringify([match.benchmark, match.item]);
    const known = best.get(key);
    if (!known || worse(match, known) < 0) best.set(key, match);
  }
  const ranked = [...best.values()].sort(worse);
  const seen = new Map<string, number>();
  return ranked
    .map((match, rank) => {
      const turn = seen.get(match.benchmark) ?? 0;
      seen.set(match.benchmark, turn + 1);
      return { match, rank, turn };
    })
    .sort((a, b) => mildness(a.match) - mildness(b.match) || a.turn - b.turn || a.rank - b.rank)
    .slice(0, n)
    .map(({ match }) => match);
}

/** Orders matches, the worst first. Total, so that a choice never depends on the order of the input. */
export function worse(a: Match, b: Match): number {
  return (
    mildness(a) - mildness(b) ||
    SEVERITY[a.part] - SEVERITY[b.part] ||
    b.evidence - a.evidence ||
    b.coverage - a.coverage ||
    compare(a.benchmark, b.benchmark) ||
    compare(a.item, b.item) ||
    compare(a.document.file, b.document.file) ||
    a.document.record - b.document.record
  );
}

/** The items found, the worst first; those as bad as each other stay in their order. */
export function worstItems(items: readonly ItemResult[]): ItemResult[] {
  const severity = ({ part }: ItemResult): number => SEVERITY[part ?? 'answer'];
  return [...items].sort(
    (a, b) =>
      VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
      severity(a) - severity(b) ||
      b.evidence - a.evidence ||
      b.coverage - a.coverage,
  );
}

function mildness({ verdict }: Match): number {
  return Number(verdict !== 'contaminated');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function worstSection(result: ScanResult, worst: readonly Match[], look: Style, width: number): string[] {
  if (worst.length === 0) return [];
  const title =
    worst.length === result.matches.length ? 'Matches' : `Worst ${worst.length === 1 ? 'match' : 'matches'}`;
  const lines = [`${look.paint('strong', title)}${look.paint('faint', look.colour ? '' : ' [shared words]')}`];
  for (const match of worst) {
    const documents =
      result.items.find((item) => item.benchmark === match.benchmark && item.item === match.item)?.documents ?? 1;
    if (lines.length > 1) lines.push('');
    lines.push(...matchLines(match, documents, look, width));
  }
  return lines;
}

/** One match: what it is, how sure, where, and both texts. `documents`: how many hold the item. */
export function matchLines(match: Match, documents: number, look: Style, width: number, rows = ROWS): string[] {
  const tone = match.verdict === 'contaminated' ? 'contaminated' : 'suspect';
  const [from, to] = documentRange(match);
  const what: Piece[] = [
    { text: `${shown(match.benchmark)} ${shown(match.item)}`, paint: (text) => look.paint(tone, text) },
    { text: match.part },
    { text: `${percent(match.coverage)}% covered` },
    { text: `${count(match.evidence)} bits` },
    { text: `longest run ${counted(match.longestRun, unitOf(match))}` },
  ];
  if (match.verdict !== 'contaminated') what.splice(1, 0, { text: match.verdict });
  const where: Piece[] = [
    { text: `in ${shown(match.document.file)}` },
    { text: `record ${count(match.document.record)}` },
    { text: `characters ${from}–${to}` },
  ];
  const { id, file, record } = match.document;
  if (id !== `${file}#${record}`) where.push({ text: `id ${shown(id)}` });
  if (documents > 1) where.push({ text: `and ${counted(documents - 1, 'more document')}` });
  return [
    ...flow(what, width, '  '),
    ...flow(where, width, '  ').map((line) => look.paint('faint', line)),
    ...(match.redacted
      ? flow([{ text: redactedLine(match.redacted), paint: (text) => look.paint('faint', text) }], width, '    ')
      : sideBySide(match, look, width, rows, '    ')),
  ];
}

function documentRange(match: Match): [from: number, to: number] {
  const starts = match.spans.map(({ document }) => document[0]);
  const ends = match.spans.map(({ document }) => document[1]);
  const start = match.documentTextStart;
  return match.spans.length === 0
    ? [start, start + match.documentText.length]
    : [starts.reduce((a, b) => Math.min(a, b)), ends.reduce((a, b) => Math.max(a, b))];
}

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** In scripts without spaces a token is one character. */
function unitOf(match: Match): string {
  const unspaced = match.itemText.match(UNSPACED)?.length ?? 0;
  return unspaced * 2 > match.itemText.length ? 'character' : 'word';
}
