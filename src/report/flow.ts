import { textWidth } from './width.js';

/** Text painted after it was measured. */
export interface Piece {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/**
 * Pieces in a row, joined by `between`, broken only between pieces: a path is never cut, so that it can be copied.
 * Lines after the first are indented.
 */
export function flow(pieces: readonly Piece[], width: number, indent: string, between = ' · '): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of pieces) {
    const needed = textWidth(piece.text);
    const painted = piece.paint ? piece.paint(piece.text) : piece.text;
    if (line !== '' && used + textWidth(between) + needed <= width) {
      line += between + painted;
      used += textWidth(between) + needed;
      continue;
    }
    if (line !== '') lines.push(line);
    line = indent + painted;
    used = textWidth(indent) + needed;
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Prose broken at spaces. */
export function prose(text: string, width: number, indent: string): string[] {
  return flow(
    text.split(' ').map((word) => ({ text: word })),
    width,
    indent,
    ' ',
  );
}
