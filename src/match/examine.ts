import type { Candidate, HashCore } from '../hashcore/hash-core.js';
import { gradeAnswer, gradeChoices, gradeQuestion, gradeWithChoices } from '../judge/grade.js';
import { isAnswered, isBorrowed } from '../judge/siblings.js';
import { PART_NAMES } from '../model/benchmark.js';
import type { PartName } from '../model/benchmark.js';
import { VERDICTS } from '../model/verdict.js';
import type { Verdict } from '../model/verdict.js';
import type { Catalog } from '../seeds/catalog.js';
import { FamilySeeds } from '../seeds/family-seeds.js';
import { Aligner } from './align.js';
import { hasAnswerNear } from './answer.js';
import { DocumentTokens } from './document-tokens.js';
import { explain } from './explain.js';
import { figureFindings, withFigures } from './figure-findings.js';
import type { Finding } from './finding.js';
import { measure } from './measure.js';
import type { Measure } from './measure.js';
import { NumberSense } from './number-sense.js';
import { runsOf } from './runs.js';
import { matchText } from './text-match.js';
import type { TextMatch } from './text-match.js';

/** Tokens around the family's seeds among which its members are told apart; the core names where a seed ends. */
const FAMILY_MARGIN = 32;

/** A part of an item that the document holds something of. */
interface PartMatch {
  readonly name: PartName;
  readonly match: TextMatch;
  readonly measure: Measure;
  readonly verdict: Verdict;
}

/** What the document holds of an item. */
interface ItemParts {
  readonly item: number;
  readonly parts: readonly PartMatch[];
}

/** Looks closely at documents that the core has candidates for. One a thread. */
export class Examiner {
  private readonly core: HashCore;
  private readonly catalog: Catalog;
  private readonly numbers: NumberSense;
  private readonly family: FamilySeeds;
  private readonly aligner = new Aligner();

  constructor(core: HashCore, catalog: Catalog) {
    this.core = core;
    this.catalog = catalog;
    this.numbers = new NumberSense(catalog);
    this.family = new FamilySeeds(catalog);
  }

  /** What the document last scanned holds of the benchmarks. `json`: its segments are the inside of JSON strings. */
  examine(json: boolean): Finding[] {
    const found = this.core.candidates(json);
    const tokens = new DocumentTokens(this.core, json);
    const byFigures = found.filter(({ part }) => part === this.figurePart);
    const byWords = found.filter(({ part }) => part !== this.figurePart);
    const candidates = byText(byWords.flatMap((candidate) => this.members(candidate, tokens)));
    const matches: TextMatch[] = [];
    for (const [text, stretches] of candidates) {
      const match = matchText(this.catalog, this.aligner, tokens, this.numbers, text, stretches);
      if (match) matches.push(match);
    }
    const kept = new Map(explain(this.catalog, this.numbers, matches).map((match) => [match.text, match]));
    const items = this.ownersOf(kept).map((item) => ({ item, parts: this.partsOf(item, kept) }));
    const findings = withoutBorrowed(items)
      .map(({ item, parts }) => this.judgeItem(item, parts, tokens))
      .filter((finding) => finding !== undefined);
    if (byFigures.length === 0) return findings;
    const explained = items.flatMap(({ parts }) => parts.filter(isContaminated).map(({ match }) => match));
    return withFigures(findings, figureFindings(this.catalog, tokens, byFigures, explained));
  }

  /** The part that candidates have which the core found by figures. */
  private get figurePart(): number {
    return this.catalog.textOffsets.length;
  }

  /** The candidate itself, or the members of the family that it stands for. */
  private members(candidate: Candidate, tokens: DocumentTokens): Candidate[] {
    const texts = this.catalog.textOffsets.length - 1;
    if (candidate.part < texts) return [candidate];
    const stretch = tokens.stretch(candidate.first - FAMILY_MARGIN, candidate.last + FAMILY_MARGIN);
    return this.family.find(stretch.hashes, stretch.first);
  }

  /** The items that own a matched text, ascending. */
  private ownersOf(kept: ReadonlyMap<number, TextMatch>): number[] {
    const { ownerOffsets, owners } = this.catalog;
    const items = new Set<number>();
    for (const text of kept.keys())
      for (let i = ownerOffsets[text]; i < ownerOffsets[text + 1]; i++) items.add(owners[i]);
    return [...items].sort((a, b) => a - b);
  }

  private judgeItem(item: number, parts: readonly PartMatch[], tokens: DocumentTokens): Finding | undefined {
    const best = bestOf(parts);
    if (!best) return undefined;
    const { measure } = best;
    return {
      item,
      part: PART_NAMES.indexOf(best.name),
      byFigures: false,
      withAnswer: isQuestion(best.name) && this.answerFound(item, best, parts, tokens),
      verdict: best.verdict,
      coverage: measure.coverage,
      evidence: measure.evidence,
      longestRun: measure.longestRun,
      runs: runsOf(best.match.pairs, tokens),
    };
  }

  private partsOf(item: number, kept: ReadonlyMap<number, TextMatch>): PartMatch[] {
    const parts: PartMatch[] = [];
    for (const { name, text } of this.namesOf(item)) {
      const match = kept.get(text);
      if (!match) continue;
      const measured = measure(this.catalog, this.numbers, match);
      parts.push({ name, match, measure: measured, verdict: this.gradeOf(name, match, measured) });
    }
    return supportedByChoices(parts);
  }

  private gradeOf(name: PartName, match: TextMatch, measured: Measure): Verdict {
    if (!isQuestion(name)) return name === 'choices' ? gradeChoices(measured) : gradeAnswer(measured);
    // What many items say alike says of none that it stands here; its choices may.
    if (this.catalog.stock[match.text] === 1) return 'clean';
    const verdict = gradeQuestion(measured);
    return match.outshone && verdict === 'contaminated' ? 'suspect' : verdict;
  }

  private namesOf(item: number): { name: PartName; text: number }[] {
    const { partOffsets, partNames, partTexts } = this.catalog;
    const names: { name: PartName; text: number }[] = [];
    for (let i = partOffsets[item]; i < partOffsets[item + 1]; i++)
      names.push({ name: PART_NAMES[partNames[i]], text: partTexts[i] });
    return names;
  }

  private answerFound(item: number, question: PartMatch, parts: readonly PartMatch[], tokens: DocumentTokens): boolean {
    const aligned = parts.find((part) => part.name === 'answer');
    const choices = parts.find((part) => part.name === 'choices');
    if (aligned && !choices && isAnswered(aligned.measure.coverage)) return true;
    const answer = this.namesOf(item).find((part) => part.name === 'answer');
    if (!answer) return false;
    return hasAnswerNear(this.catalog, this.numbers, tokens, question.match, answer.text, choices !== undefined);
  }
}

function isContaminated({ verdict }: PartMatch): boolean {
  return verdict === 'contaminated';
}

function byText(candidates: readonly Candidate[]): Map<number, Candidate[]> {
  const texts = new Map<number, Candidate[]>();
  for (const candidate of candidates) {
    const list = texts.get(candidate.part);
    if (list) list.push(candidate);
    else texts.set(candidate.part, [candidate]);
  }
  return texts;
}

/**
 * Answers and choices are often the same in several items. Where the document holds one item's question, the answers beside
 * it are explained: they are no sign of the other items that have them too. Nor is a passage found by the words of a
 * question about it.
 */
function withoutBorrowed(items: readonly ItemParts[]): ItemParts[] {
  const isAsked = ({ parts }: ItemParts): boolean =>
    parts.some(({ name, verdict }) => (name === 'question' || name === 'code') && verdict === 'contaminated');
  const parts = items.filter(isAsked).flatMap((of) => of.parts);
  if (parts.length === 0) return [...items];
  const byAll = tokensOfParts(parts);
  const byQuestions = tokensOfParts(parts.filter(({ name }) => name !== 'passage'));
  const isAnothers = ({ name, match }: PartMatch): boolean => {
    if (name === 'question' || name === 'code') return false;
    const explained = name === 'passage' ? byQuestions : byAll;
    const shared = match.pairs.filter((pair) => explained.has(pair.document)).length;
    return isBorrowed(shared / match.pairs.length);
  };
  return items.map((of) => (isAsked(of) ? of : { item: of.item, parts: of.parts.filter((part) => !isAnothers(part)) }));
}

/** The document's tokens that the parts are aligned with. */
function tokensOfParts(parts: readonly PartMatch[]): Set<number> {
  return new Set(parts.flatMap(({ match }) => match.pairs.map((pair) => pair.document)));
}

/** A question that is too short by itself counts if its own choices stand in the same document. */
function supportedByChoices(parts: readonly PartMatch[]): PartMatch[] {
  const choices = parts.find((part) => part.name === 'choices');
  return parts.map((part) => {
    if (!choices || !isQuestion(part.name) || part.verdict === 'contaminated') return part;
    return gradeWithChoices(part.measure, choices.measure) === 'contaminated'
      ? { ...part, verdict: 'contaminated' }
      : part;
  });
}

/** The worst verdict; of equal ones a question, passage or code before an answer, then the most evidence. */
function bestOf(parts: readonly PartMatch[]): PartMatch | undefined {
  const rank = (part: PartMatch): number => VERDICTS.indexOf(part.verdict) * 2 + (isQuestion(part.name) ? 0 : 1);
  const found = parts.filter((part) => part.verdict === 'contaminated' || part.verdict === 'suspect');
  return found.sort((a, b) => rank(a) - rank(b) || b.measure.evidence - a.measure.evidence).at(0);
}

function isQuestion(name: PartName): boolean {
  return name === 'question' || name === 'passage' || name === 'code';
}
