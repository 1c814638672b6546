import { BY_FIGURES } from '../judge/figures.js';
import type { Digester } from '../report/digest.js';
import type { BareMatch, Proof, Removal } from './removals.js';
import { textDigest } from './removals.js';
import { losesMember } from './members.js';
import { withoutStretches } from './record-text.js';
import type { RecordText, Stretch } from './record-text.js';
import { applied, stretchesOf } from './stretches.js';

export type Mode = 'drop' | 'cut' | 'mask';

/** How contamination is taken out of a record. */
export interface Knife {
  readonly mode: Mode;
  /** Characters taken out on either side of a match as well. */
  readonly margin: number;
  /** A record with fewer characters left is dropped. */
  readonly minLength: number;
  /** Stands where something was masked. */
  readonly maskText: string;
  /** The corpus is not the one that was scanned, by the user's own word: a record that is not the one meant is left alone. */
  readonly force: boolean;
}

/** What became of a record. `bytes` are absent where it is gone, and all that was in its line. */
export interface Edit {
  readonly action: 'dropped' | 'cut' | 'masked' | 'left';
  /** How many, where several that share a line went. */
  readonly records?: number;
  readonly why: string;
  readonly bytes?: Uint8Array;
  /** What was taken out, in characters of the document's text. */
  readonly stretches: readonly Stretch[];
  /** Characters of the text before and after. */
  readonly before: number;
  readonly after: number;
}

/** `text` is undefined where the bytes cannot be understood. */
export function edited(
  bytes: Uint8Array,
  text: RecordText | undefined,
  removal: Removal,
  knife: Knife,
  digester: Digester,
): Edit {
  const isMeant = text !== undefined && isProven(text.text, removal, digester);
  const before = text?.text.length ?? 0;
  // By the user's word alone nothing is taken for what was scanned.
  if (knife.force && !(isMeant && removal.proof))
    return { action: 'left', why: 'not the record that was scanned', bytes, stretches: [], before, after: before };
  const dropped = (why: string): Edit => ({ action: 'dropped', why, stretches: [], before, after: 0 });
  if (knife.mode === 'drop') return dropped('');
  if (!isMeant) return dropped('its text could not be located in its bytes');
  if (removal.stubborn === true) return dropped('still contaminated after all that was found had been taken out');
  const cut = cutOf(text.text, removal, knife);
  if (cut.left < knife.minLength) return dropped(`${cut.left} characters would be left, fewer than ${knife.minLength}`);
  const left = withoutStretches(bytes, text, cut.stretches, maskOf(knife));
  if (losesMember(bytes, left, text)) return dropped('two of its keys would have become the same');
  return {
    action: knife.mode === 'cut' ? 'cut' : 'masked',
    why: '',
    bytes: left,
    stretches: cut.stretches,
    before,
    after: before - cut.stretches.reduce((sum, [from, to]) => sum + to - from, 0),
  };
}

/** What is taken out of a text, and what is left of it. */
export interface Cut {
  readonly stretches: readonly Stretch[];
  /** As a reader will have it, masks included. */
  readonly text: string;
  /** Characters left, without masks and spaces at either end. */
  readonly left: number;
}

export function cutOf(text: string, { matches }: Removal, knife: Knife): Cut {
  const spans = matches.flatMap(takenOut);
  const stretches = stretchesOf(text, spans, knife.margin);
  const left = applied(text, stretches, '').trim().length;
  return { stretches, left, text: applied(text, stretches, maskOf(knife)) };
}

/** Of what was found by its figures the words between go too: taking the numbers out of a translation leaves the question. */
function takenOut({ spans, reason }: BareMatch): Stretch[] {
  const own = spans.map(({ document }): Stretch => [...document]);
  if (reason !== BY_FIGURES || own.length === 0) return own;
  return [[Math.min(...own.map(([from]) => from)), Math.max(...own.map(([, to]) => to))]];
}

export function maskOf({ mode, maskText }: Knife): string {
  return mode === 'mask' ? maskText : '';
}

/** Whether a text is the one that was scanned, as far as the report shows. */
export function isProven(text: string, { proof }: Removal, digester: Digester): boolean {
  return !proof || isProof(text, proof, digester);
}

export function isProof(text: string, { start, length, xxh64 }: Proof, digester: Digester): boolean {
  return textDigest(text.slice(start, start + length), digester) === xxh64;
}

/** One line of removals.jsonl: where it was, what it was, what was done. */
export interface LogLine {
  readonly file: string;
  readonly record: number;
  readonly offset: number;
  readonly id: string;
  readonly benchmark: string;
  readonly item: string;
  readonly action: Edit['action'];
  readonly spans: readonly Stretch[];
  readonly margin: number;
  readonly reason: string;
}

/** A line for each match. */
export function logLines(removal: Removal, edit: Edit, margin: number): LogLine[] {
  return removal.matches.map((match) => ({
    file: removal.file,
    record: removal.record,
    offset: removal.offset,
    id: removal.id,
    benchmark: match.benchmark,
    item: match.item,
    action: edit.action,
    spans: edit.action === 'cut' || edit.action === 'masked' ? ownStretches(match, edit.stretches) : [],
    margin: edit.action === 'cut' || edit.action === 'masked' ? margin : 0,
    reason: `${match.verdict}: ${match.part}, coverage ${match.coverage}, ${match.evidence} bits${edit.why === '' ? '' : `; ${edit.why}`}`,
  }));
}

/** The stretches that hold something of this match. */
function ownStretches({ spans }: BareMatch, stretches: readonly Stretch[]): Stretch[] {
  return stretches.filter(([from, to]) => spans.some(({ document: [a, b] }) => a < to && b > from));
}
