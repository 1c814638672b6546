import type { ScanResult } from '../../dist/model/result.js';
import { loadDigester } from '../../dist/report/digest.js';
import { reportedItem, reportedMatch } from '../../dist/report/lines.js';
import type { Report } from '../../dist/report/report.js';
import { reportJson } from '../../dist/report/report-json.js';
import { fullResult, itemOf, matchOf, withNearRecords } from './fixture.js';

/** What a corpus may hold to get out of where its text is put. */
export const HOSTILE_TEXTS: readonly string[] = [
  '</script><script>window.hacked=1</script>',
  '<!--<script>',
  ']]></system-out><x>',
  '"><img src=x onerror=window.hacked=1>',
  "' onmouseover='window.hacked=1' x='",
  '`${window.hacked=1}`',
  'a\u2028window.hacked=1\u2029b',
  'admin\u202e\u2066txt.exe\u2069',
  '\u001b[2J\u001b]0;owned\u0007\u009b31m',
  '&lt;script&gt;&#60;b&#62;',
  '</style><style>*{display:none}</style>',
  '</title></textarea></noscript><script>window.hacked=1</script>',
  'javascript:window.hacked=1',
  '{0} [click](https://evil.example) ![x](https://evil.example/x.png) @everyone #1',
  '| a | b |\n| --- | --- |\n\n# Heading\n```\nfence\n````',
  '=HYPERLINK("https://evil.example","x")',
  'a\ud800b\ufffe\uffff\u0000c',
];

/** A result in which every text and name that comes from a file is this one. */
export function hostileResult(text = HOSTILE_TEXTS.join(' ')): ScanResult {
  const base = fullResult();
  const match = {
    ...matchOf({ itemText: `before ${text} after`, documentText: `x ${text} y`, shared: [text] }),
    benchmark: text,
    item: text,
    document: { id: `${text} id`, file: text, record: 3, offset: 7 },
    reason: text,
    verdict: 'suspect' as const,
  };
  const file = { ...base.corpus[0], path: text };
  const result: ScanResult = {
    ...base,
    settings: { ...base.settings, textFields: [text], idField: text },
    benchmarks: [{ ...base.benchmarks[0], name: text, files: [file], fields: { question: [text] } }],
    corpus: [file],
    items: [{ ...itemOf(text, text, 'suspect', text, 'question'), file: text }],
    matches: [match],
    skips: [
      {
        reason: 'broken-record',
        count: 1,
        examples: [{ reason: 'broken-record', file: text, record: 1, detail: text }],
      },
    ],
  };
  return withNearRecords(result, text, text);
}

/** As it would be read from the JSON of a report. */
export async function reportOf(result: ScanResult): Promise<Report> {
  return {
    report: reportJson(result, '0.1.0', await loadDigester(), []),
    items: result.items.map(reportedItem),
    matches: result.matches.map(reportedMatch),
  };
}
