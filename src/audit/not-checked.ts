import type { SavedReport } from './saved-report.js';

/** What reading a report and its inputs again cannot tell, a sentence each. `isScanned`: whether they were scanned again too. */
export function notCheckedOf({ report }: SavedReport, toolVersion: string, isScanned: boolean): string[] {
  const said: string[] = [];
  if (!isScanned) {
    said.push(
      'that no match is missing, and that each is judged as it should be (which words of its texts it aligns, coverage, evidence, ' +
        'verdict): only another scan tells (--rescan)',
      'records of each file, bytes of text, fields read, what was skipped and why: they agree with the sums, no more (--rescan)',
    );
    if (report.redaction)
      said.push('the digests that stand for text: only who has the key can tell (--rescan --redact-key)');
  }
  if (report.partial) said.push('what a scan that was interrupted or limited did not read');
  if (report.tool.version !== toolVersion)
    said.push(
      `the form of the lines, the words of guarantee and policy, and the pages: ${report.tool.version} wrote the report, this is ${toolVersion}`,
    );
  return said;
}
