import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { HeldoutError, messageOf } from '../model/errors.js';
import type { Fingerprints, UnreadFile } from '../model/index-manifest.js';
import type { ScanPlan } from '../model/plan.js';
import type { Settings } from '../model/settings.js';
import { canonicalJson } from '../report/digest.js';
import { BuildLock } from './build-lock.js';
import { syncFolder, writeDurably, writing } from './durable.js';
import { looksLikeIndex } from './manifest.js';
import type { RecordScheme } from './record-scheme.js';

/** Everything that decides what a build does: plan.json of an unfinished index. */
export interface BuildPlan {
  readonly format: 'heldout-build';
  readonly version: 1;
  readonly fingerprints: Fingerprints;
  readonly locationsPerKey: number;
  /** Absent where nothing is kept of records. */
  readonly records?: RecordScheme;
  readonly source: string;
  readonly settings: Settings;
  readonly corpus: ScanPlan['corpus'];
  readonly unread: readonly UnreadFile[];
  /** When each file was changed last, ms since 1970: only to see whether one was changed meanwhile. */
  readonly changedMs: readonly number[];
  /** How the work is cut; the index does not depend on it, but what is done already does. */
  readonly rangeBytes: number;
  readonly batchBytes: number;
}

const PLAN = 'plan.json';

/** The folder of an unfinished index, beside the place that it will have. */
export class BuildFolder {
  /** Where it will be. */
  readonly out: string;
  readonly path: string;
  private readonly lock: BuildLock;

  constructor(out: string) {
    this.out = resolve(out);
    this.path = `${this.out}.partial`;
    this.lock = new BuildLock(this.out);
  }

  /** Does some work that no other process does meanwhile. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    this.refuseExisting();
    this.lock.take();
    try {
      return await work();
    } finally {
      this.lock.release();
    }
  }

  /** Nothing is ever written over: an index may have taken days. */
  refuseExisting(): void {
    if (!existsSync(this.out)) return;
    const what = looksLikeIndex(this.out) ? 'an index is there already' : 'something else is there already';
    throw new HeldoutError('output', `${this.out}: ${what}. Choose another place with --out, or delete it first.`);
  }

  /** The plan of what is there unfinished; undefined where there is none, or none that can be used. */
  unfinished(): BuildPlan | undefined {
    try {
      const plan = JSON.parse(readFileSync(`${this.path}/${PLAN}`, 'utf8')) as BuildPlan;
      return plan.format === 'heldout-build' && plan.version === 1 ? plan : undefined;
    } catch {
      return undefined;
    }
  }

  /** Whether a folder is in the way that no plan explains: killed before it was written, or not ours. */
  get exists(): boolean {
    return existsSync(this.path);
  }

  begin(plan: BuildPlan): void {
    this.clear();
    writing(this.path, () => mkdirSync(this.path, { recursive: true }));
    writeDurably(`${this.path}/${PLAN}`, JSON.stringify(plan));
    syncFolder(dirname(this.path));
  }

  /** Deletes what is unfinished; but nothing that is not ours. */
  clear(): void {
    if (!this.exists) return;
    const names = writing(this.path, () => readdirSync(this.path));
    const foreign = names.find((name) => !/^(plan\.json|batch-.*|index|full)(\.tmp)?$/.test(name));
    if (foreign !== undefined)
      throw new HeldoutError(
        'output',
        `${this.path}: holds ${foreign}, which is not ours. Move it away, or choose another --out.`,
      );
    writing(this.path, () => rmSync(this.path, { recursive: true, force: true }));
  }

  /** An empty folder for the columns, whatever a killed run left of one. */
  indexFolder(name: 'index' | 'full'): string {
    const folder = `${this.path}/${name}`;
    writing(folder, () => {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
    });
    return folder;
  }

  /** Puts the finished index where it belongs, in one step. */
  publish(folder: string): void {
    this.lock.check();
    this.refuseExisting();
    syncFolder(folder);
    writing(this.out, () => renameSync(folder, this.out));
    syncFolder(dirname(this.out));
    this.clear();
  }

  /** A finished piece of work that a killed run left, or undefined. */
  readJson(name: string): unknown {
    try {
      return JSON.parse(readFileSync(`${this.path}/${name}.json`, 'utf8'));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      const message = `${this.path}/${name}.json: cannot be read: ${messageOf(error)}. Delete ${this.path} and start again.`;
      throw new HeldoutError('index', message, { cause: error });
    }
  }

  get name(): string {
    return basename(this.path);
  }
}

/** When each file was changed last; 0 where that cannot be told. */
export function changedMsOf(corpus: ScanPlan['corpus']): number[] {
  return corpus.map(({ file }) => statSync(file.path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}

/** Why an unfinished build cannot be gone on with, or an empty text. */
export function difference(before: BuildPlan, now: BuildPlan): string {
  const [old, fresh] = [before, now].map(
    ({ corpus, changedMs }) => new Map(corpus.map((one, i) => [one.file.path, { one, at: changedMs[i] }])),
  );
  for (const path of fresh.keys()) if (!old.has(path)) return `${path} was not among its inputs`;
  for (const path of old.keys()) if (!fresh.has(path)) return `${path} is no longer among its inputs`;
  for (const [path, file] of fresh)
    if (canonicalJson(file) !== canonicalJson(old.get(path))) return `${path} was changed since`;
  const rest = (plan: BuildPlan): string => canonicalJson({ ...plan, rangeBytes: 0, batchBytes: 0 });
  return rest(before) === rest(now) ? '' : 'it was begun with other options';
}
