import type { Match, MatchedPart, Span } from '../model/match.js';
import type { RedactedText } from '../model/redaction.js';
import { VERDICTS } from '../model/verdict.js';
import { PART_NAMES } from '../model/benchmark.js';
import type { JsonObject } from './parsed-json.js';
import { numberOf as number, objectOf as record, parsedObject, textOf as text } from './parsed-json.js';

const PARTS: readonly MatchedPart[] = ['question+answer', ...PART_NAMES];

/** The match a line of matches.jsonl holds (see lines.ts), or undefined where it holds none. */
export function matchFromLine(line: string): Match | undefined {
  const value = parsedObject(line);
  const document = record(value?.['document']);
  if (!value || !document) return undefined;
  const part = PARTS.find((name) => name === value['part']);
  const verdict = VERDICTS.find((name) => name === value['verdict']);
  const spans = spansOf(value['spans']);
  if (part === undefined || verdict === undefined || spans === undefined) return undefined;
  return {
    benchmark: text(value['benchmark']),
    item: text(value['item']),
    document: {
      id: text(document['id']),
      file: text(document['file']),
      record: number(document['record']),
      offset: number(document['offset']),
    },
    verdict,
    ...(typeof value['reason'] === 'string' ? { reason: value['reason'] } : {}),
    part,
    coverage: number(value['coverage']),
    evidence: number(value['evidence']),
    longestRun: number(value['longestRun']),
    spans,
    itemText: text(value['itemText']),
    documentText: text(value['documentText']),
    documentTextStart: number(value['documentTextStart']),
    ...redactedOf(record(value['redacted'])),
  };
}

function redactedOf(value: JsonObject | undefined): Pick<Match, 'redacted'> {
  const item = redactedTextOf(record(value?.['item']));
  const document = redactedTextOf(record(value?.['document']));
  return item && document ? { redacted: { item, document } } : {};
}

/** What stands for a text, where something does. */
export function redactedTextOf(value: JsonObject | undefined): RedactedText | undefined {
  return value && { hmac: text(value['hmac']), length: number(value['length']) };
}

function spansOf(value: unknown): { item: Span; document: Span }[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const spans: { item: Span; document: Span }[] = [];
  for (const entry of value) {
    const item = spanOf(record(entry)?.['item']);
    const document = spanOf(record(entry)?.['document']);
    if (!item || !document) return undefined;
    spans.push({ item, document });
  }
  return spans;
}

function spanOf(value: unknown): Span | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  return [number(value[0]), number(value[1])];
}
