import { padEnd, padStart, textWidth } from './width.js';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** A cell's text, and how it is painted once it has been padded. */
export interface TableCell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** Rows of columns as wide as their widest cell, two spaces apart. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly TableCell[])[],
  paintTitle: (text: string) => string,
): string[] {
  const widths = columns.map((column, i) =>
    Math.max(textWidth(column.title), ...rows.map((row) => textWidth(row[i].text))),
  );
  const line = (cells: readonly TableCell[]): string =>
    cells
      .map((cell, i) => {
        const last = i === columns.length - 1 && columns[i].align === 'left';
        const padding = last
          ? cell.text
          : columns[i].align === 'left'
            ? padEnd(cell.text, widths[i])
            : padStart(cell.text, widths[i]);
        return cell.paint ? cell.paint(padding) : padding;
      })
      .join('  ');
  return [line(columns.map(({ title }) => ({ text: title, paint: paintTitle }))), ...rows.map(line)];
}
