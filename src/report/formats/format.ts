import { loadAssets } from '../page/assets.js';
import { pageText } from '../page/page.js';
import type { Report } from '../report.js';
import type { Changes } from '../changes.js';
import { FORMATS } from './format-names.js';
import type { Format } from './format-names.js';

/** A file, and what it holds, piece by piece. */
export interface Rendering {
  readonly path: string;
  readonly pieces: Iterable<string>;
}

type Pieces = (report: Report) => Iterable<string> | Promise<Iterable<string>>;

/** A format's module is loaded when the format is asked for. */
const FILES: Readonly<Record<Format, Readonly<Record<string, Pieces>>>> = {
  html: { 'index.html': async (report) => pageText(report, await loadAssets()) },
  markdown: {
    'summary.md': async (report) => (await import('./markdown.js')).markdown(report),
    'badge.json': async (report) => (await import('./badge.js')).badgeJson(report),
    'badge.svg': async (report) => (await import('./badge.js')).badgeSvg(report),
  },
  csv: {
    'items.csv': async (report) => (await import('./csv.js')).itemsCsv(report),
    'matches.csv': async (report) => (await import('./csv.js')).matchesCsv(report),
  },
  sarif: { 'report.sarif': async (report) => (await import('./sarif.js')).sarifJson(report) },
  junit: { 'junit.xml': async (report) => (await import('./junit.js')).junitXml(report) },
};

/** The page once more, with what is other than in an earlier report. */
const CHANGES = 'changes.html';

/** Every file a format may write: those of an older report must not stay beside a new one. */
export const DERIVED_FILES: readonly string[] = [
  ...Object.values(FILES).flatMap((files) => Object.keys(files)),
  CHANGES,
];

/** The page of a report, compared with an earlier one. */
export async function changesPage(report: Report, changes: Changes): Promise<Rendering> {
  return { path: CHANGES, pieces: pageText(report, await loadAssets(), { changes }) };
}

/** The files that show a report in these formats, from what its JSON holds and nothing else. */
export async function renderings(report: Report, formats: readonly Format[]): Promise<Rendering[]> {
  const made: Rendering[] = [];
  for (const format of FORMATS.filter((one) => formats.includes(one)))
    for (const [path, pieces] of Object.entries(FILES[format])) made.push({ path, pieces: await pieces(report) });
  return made;
}
