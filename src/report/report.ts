import type { Match } from '../model/match.js';
import type { ItemResult } from '../model/result.js';
import type { ReportJson } from './report-json.js';

/** A report as its three JSON files hold it: what every page, table and badge is made from. */
export interface Report {
  readonly report: ReportJson;
  readonly items: readonly ItemResult[];
  readonly matches: readonly Match[];
}
