import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { DEFAULT_SETTINGS } from '../../dist/index.js';
import type { Match, ScanRequest, ScanResult, Settings } from '../../dist/index.js';
import { scan } from '../../dist/pipeline.js';
import type { Grain } from '../../dist/pipeline.js';

/** Items that no one could meet by chance. */
export const ITEMS = [
  {
    id: 'ferry',
    question:
      'A ferry carries 37 lorries and 112 bicycles across the Elbe each morning. If every lorry pays 14 marks and every bicycle half a mark, how much does the ferryman collect before noon?',
    answer: '574 marks',
  },
  {
    id: 'oak',
    question:
      'The squirrel of Upper Wollstonecraft buries 19 acorns beneath each of seven oaks, then forgets three oaks entirely. How many acorns will the squirrel dig up again in January?',
    answer: '76',
  },
  {
    id: 'café',
    question:
      'Près du vieux château, Élodie a planté vingt-sept tulipes jaunes et quarante œillets rouges; combien de fleurs restent après que la grêle en a détruit un tiers?',
    answer: 'environ quarante-cinq',
  },
  {
    id: 'tower',
    question:
      '東京の古い塔は高さが三百三十三メートルあり、毎年多くの観光客が訪れます。去年の訪問者数は一昨年より何割増えましたか。',
    answer: '二割',
  },
] as const;

const FILLER = [
  'The harbour master counted the boats at dusk and wrote the figure on a slate beside the customs house door.',
  'Nobody in the valley remembered when the mill had stopped, only that the water kept running under it.',
  'Rust — the fungus, not the metal — spread through the wheat “like gossip”, said the old agronomist. 🌾',
  'To reset the device, hold the \\"power\\" key; then open C:\\temp\\new and press <b>OK</b> &amp; wait.',
];

export interface Doc {
  readonly id: string;
  readonly text: string;
}

/** Documents of filler; every seventh holds an item, verbatim, somewhere inside. */
export function documents(count: number): Doc[] {
  return Array.from({ length: count }, (_, i) => {
    const before = FILLER[i % FILLER.length].repeat((i * 5) % 4);
    const after = `\n\t${FILLER[(i + 1) % FILLER.length]} ${i}`;
    const item = i % 7 === 3 ? ITEMS[((i - 3) / 7) % ITEMS.length].question : 'Page.';
    return { id: `doc-${i}`, text: `${before} ${item} ${after}` };
  });
}

export function jsonl(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

/** A folder that goes away after the file's tests, with the benchmark in it. */
export class Folder {
  readonly dir = mkdtempSync(path.join(tmpdir(), 'heldout-pipeline-'));
  readonly benchmark: string;

  constructor() {
    this.benchmark = this.write('bench.jsonl', jsonl(ITEMS));
    afterAll(() => rmSync(this.dir, { recursive: true, force: true }));
  }

  write(name: string, content: string | Uint8Array): string {
    const file = path.join(this.dir, name);
    writeFileSync(file, content);
    return file;
  }

  scan(against: readonly string[], options: Options = {}): Promise<ScanResult> {
    const { workers = 1, grain, settings, ...rest } = options;
    const request: ScanRequest = {
      benchmarks: [this.benchmark],
      against,
      settings: { ...DEFAULT_SETTINGS, ...settings },
      workers,
      ...rest,
    };
    return scan(request, { rangeBytes: 1 << 24, chunkBytes: 1 << 20, ...grain });
  }
}

export interface Options extends Partial<Pick<ScanRequest, 'workers' | 'signal' | 'onProgress'>> {
  readonly grain?: Partial<Grain>;
  readonly settings?: Partial<Settings>;
}

/** What was found, without where on disk it stood. */
export function content({ item, document, verdict, part, coverage, evidence, spans, documentText }: Match): unknown {
  return { item, id: document.id, verdict, part, coverage, evidence, spans, documentText };
}

/** The original text of each span of a match, as the document has it. */
export function quoted(match: Match): string[] {
  return match.spans.map(({ document: [from, to] }) =>
    match.documentText.slice(from - match.documentTextStart, to - match.documentTextStart),
  );
}
