import type { Span } from '../model/match.js';
import { loadProfile } from '../text/profile.js';
import { tokenize } from '../text/tokenize.js';
import type { TokensIn } from './recount-match.js';

/** Counts tokens as profile 1 makes them, by the plain twin of the core. Matches come item by item, so the last text is kept. */
export function tokenCounter(): TokensIn {
  const { unicode } = loadProfile(1);
  let known: { readonly text: string; readonly starts: readonly number[] } = { text: '', starts: [] };
  return (text: string, [start, end]: Span): number => {
    if (known.text !== text)
      known = { text, starts: [...tokenize(Buffer.from(text), unicode)].map((one) => one.start) };
    const [from, to] = [start, end].map((at) => Buffer.byteLength(text.slice(0, at)));
    return known.starts.filter((at) => at >= from && at < to).length;
  };
}
