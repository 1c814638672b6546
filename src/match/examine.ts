import type { HashCore } from '../hashcore/hash-core.js';
import type { Catalog } from '../seeds/catalog.js';
import type { Finding } from './finding.js';

/** Looks closely at documents that the core has candidates for. One a thread. */
export class Examiner {
  private readonly core: HashCore;
  private readonly catalog: Catalog;

  constructor(core: HashCore, catalog: Catalog) {
    this.core = core;
    this.catalog = catalog;
  }

  /** What the document last scanned holds of the benchmarks. `json`: its segments are the inside of JSON strings. */
  examine(json: boolean): Finding[] {
    void json;
    void this.core;
    void this.catalog;
    return [];
  }
}
