import { excuseCommonPassages, isOnEdge, unexcused } from '../judge/common.js';
import { documentsOf, foundOf, worstFirst } from '../judge/items.js';
import { PART_NAMES } from '../model/benchmark.js';
import type { Match } from '../model/match.js';
import type { ItemResult } from '../model/result.js';
import { shortened } from './contradictions.js';
import type { Contradictions } from './contradictions.js';

/** Holds an item against its matches: whatever `judge/items` makes of matches can be made of them again. */
export function recountItem(item: ItemResult, matches: readonly Match[], found: Contradictions): void {
  const where = `items.jsonl, ${item.benchmark} ${item.item}:`;
  const expect = (key: string, stated: unknown, counted: unknown): void =>
    found.expect(`${where} ${key}`, stated, counted, 'its matches give');
  if (matches.length === 0) recountUnmatched(item, where, found);
  else {
    const ranked = [...matches].sort(worstFirst);
    expect('verdict', item.verdict, ranked[0].verdict);
    expect('documents', item.documents, documentsOf(matches));
    const stated = bestOf(item);
    // Figures are rounded in a report, and which of two that look alike was the better one is not in it.
    const ties = ranked.filter((match) => isTied(match, ranked[0])).map(bestOfMatch);
    if (!ties.some((tie) => JSON.stringify(tie) === JSON.stringify(stated))) expect('best match', stated, ties[0]);
    recountExcuses(item, matches, found);
  }
  const names = PART_NAMES.filter((name) => item.parts[name] !== undefined);
  for (const name of names) {
    const worst = foundOf(name, names, matches);
    if (worst !== undefined) expect(`parts.${name}`, item.parts[name], worst);
    else if (item.parts[name] === 'contaminated' || item.parts[name] === 'suspect')
      expect(`parts.${name}`, item.parts[name], undefined);
  }
}

/** Without a match an item is what its parts are: those that ask, where there are any. Nothing is said of a match that is not there. */
function recountUnmatched(item: ItemResult, where: string, found: Contradictions): void {
  const { verdict, documents, parts, part, coverage, evidence, reason, bestMatch } = item;
  // Why it is unchecked is said without a match.
  const why = verdict === 'unchecked' ? '' : reason;
  const said = part ?? bestMatch ?? (why || coverage || evidence || undefined);
  if (verdict !== 'unconfirmed' && said !== undefined)
    found.add(`${where} it says ${shortened(said)} of a match; matches.jsonl has no match of it`);
  if (verdict === 'contaminated' || verdict === 'suspect')
    found.add(`${where} verdict is ${verdict}; matches.jsonl has no match of it`);
  if (verdict !== 'unconfirmed' && documents !== 0)
    found.expect(`${where} documents`, documents, 0, 'its matches give');
  const all = Object.values(parts);
  const asked = [parts.question, parts.code].filter((one) => one !== undefined);
  const open = all.includes('unconfirmed') ? 'unconfirmed' : asked.includes('clean') ? 'clean' : undefined;
  const given = open ?? (all.includes('clean') ? verdict : 'unchecked');
  if (verdict === 'clean' || verdict === 'unchecked' || verdict === 'unconfirmed')
    found.expect(`${where} verdict`, verdict, given, 'its parts give');
}

/** Whether each match is excused as a common passage, or not, as the number of its documents asks. */
function recountExcuses(item: ItemResult, matches: readonly Match[], found: Contradictions): void {
  for (const [i, again] of excuseCommonPassages(matches.map(unexcused)).entries()) {
    const { verdict, reason = '', document } = matches[i];
    if (isOnEdge(matches[i])) continue;
    const where = `matches.jsonl, ${item.benchmark} ${item.item} in ${document.file} record ${document.record}`;
    found.expect(`${where}: verdict`, verdict, again.verdict, 'its documents give');
    found.expect(`${where}: reason`, reason, again.reason ?? '', 'its documents give');
  }
}

function isTied(match: Match, best: Match): boolean {
  const isWhole = (one: Match): boolean => one.part === 'question+answer';
  return match.verdict === best.verdict && isWhole(match) === isWhole(best) && match.coverage === best.coverage;
}

function bestOf({ part, coverage, evidence, reason, bestMatch }: ItemResult): object {
  const { file, record, id } = bestMatch ?? {};
  return { part, coverage, evidence, reason, file, record, id };
}

function bestOfMatch({ part, coverage, evidence, reason = '', document }: Match): object {
  const { file, record, id } = document;
  return { part, coverage, evidence, reason, file, record, id };
}
