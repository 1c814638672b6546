import { shownBlock } from '../escape.js';

/** A suite, and what it adds to the sums. */
export interface Suite {
  readonly xml: string;
  readonly tests: number;
  readonly failures: number;
}

/** What a policy came to: every line is a test; one that says that all is well passes. `notes`: said besides. */
export function policySuite(
  isMet: boolean,
  lines: readonly { readonly word: string; readonly text: string }[],
  notes = '',
): Suite {
  const failures = isMet ? 0 : lines.length;
  const cases = lines.map(({ word, text }, i) => {
    const inner = isMet
      ? `<system-out>${content(`${word}: ${text}`)}</system-out>`
      : `<failure type="${attribute(word.toLowerCase())}" message="${attribute(text)}"/>`;
    return `    <testcase classname="policy" name="${attribute(`${i + 1} ${word.toLowerCase()}`)}">${inner}</testcase>\n`;
  });
  const said = notes === '' ? '' : `    <system-out>${content(notes)}</system-out>\n`;
  const xml = `  <testsuite name="policy" tests="${lines.length}" failures="${failures}" errors="0" skipped="0">\n${cases.join('')}${said}  </testsuite>\n`;
  return { xml, tests: lines.length, failures };
}

/** XML knows no control characters at all, and `]]>` not in text: stand-ins and entities for all of them. */
export function content(text: string): string {
  return shownBlock(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>]/g, (one) => `&#${one.charCodeAt(0)};`);
}

export function attribute(text: string): string {
  return content(text).replace(/["\n\t]/g, (one) => `&#${one.charCodeAt(0)};`);
}
