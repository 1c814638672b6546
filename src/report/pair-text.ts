import type { Pair, PlacedText } from '../model/comparison.js';
import { differences } from './differences.js';
import { shown } from './escape.js';
import { flow } from './flow.js';
import { count, percent } from './numbers.js';
import { twoTexts } from './side-by-side.js';
import type { Style } from './style.js';

/** Lines of text a pair gets. */
const ROWS = 7;

/** Two records that are the same: how much, where they are, and both texts with what is not the same in them marked. */
export function pairLines(pair: Pair, look: Style, width: number, rows = ROWS): string[] {
  const { left, right } = pair;
  const where = [left, right].map(({ file, record, drop }) => ({
    text: `${shown(file)} record ${count(record)}${drop ? ' (to drop)' : ''}`,
  }));
  return [
    ...flow(sameness(pair, look), width, '  '),
    ...flow(where, width, '  ').map((line) => look.paint('faint', line)),
    ...texts(pair, look, width, rows),
  ];
}

function sameness({ kind, jaccard, leftInRight, rightInLeft }: Pair, look: Style): Parameters<typeof flow>[0] {
  const paint = (text: string): string => look.paint('suspect', text);
  if (kind === 'exact') return [{ text: 'the same text', paint }];
  if (kind === 'normalised') return [{ text: 'the same words', paint }, { text: 'in another form' }];
  return [
    { text: `Jaccard ${jaccard.toFixed(3)}`, paint },
    { text: `${percent(leftInRight)}% of the left in the right` },
    { text: `${percent(rightInLeft)}% of the right in the left` },
  ];
}

function texts({ kind, left, right }: Pair, look: Style, width: number, rows: number): string[] {
  const title = ({ set, id }: PlacedText): string => `${shown(set)} ${shown(id)}`;
  if (left.redacted && right.redacted)
    return [left, right].flatMap((one) =>
      flow([{ text: `${title(one)}:` }, { text: redactedText(one) }], width, '    ', ' ').map((line) =>
        look.paint('faint', line),
      ),
    );
  const [inLeft, inRight] = differences(left.text, right.text, { exactly: kind !== 'near' });
  return twoTexts(
    [
      { title: title(left), text: left.text, ...inLeft },
      { title: title(right), text: right.text, ...inRight },
    ],
    look,
    width,
    rows,
    '    ',
  );
}

function redactedText({ redacted, textIsCut }: PlacedText): string {
  return `redacted, ${textIsCut ? 'the first ' : ''}${count(redacted?.length ?? 0)} characters ${redacted?.hmac ?? ''}`;
}
