/** What a file is that is not read, and how its text is got out. */
export interface Foreign {
  readonly name: string;
  /** A command or an advice, with FILE for its name; no full stop behind a command. */
  readonly wayOut: string;
}

const NO_TEXT = 'There is no text in it to scan: leave it out.';
/** Hugging Face's cache holds Arrow streams. */
const ARROW_STREAM = `Write it as Parquet first: python3 -c "from datasets import Dataset; Dataset.from_file('FILE').to_parquet('FILE.parquet')"`;
const ARROW_FILE = `Write it as Parquet first: python3 -c "import pyarrow.feather as f, pyarrow.parquet as p; p.write_table(f.read_table('FILE'), 'FILE.parquet')"`;
const ORC = `Write it as Parquet first: python3 -c "import pyarrow.orc as o, pyarrow.parquet as p; p.write_table(o.read_table('FILE'), 'FILE.parquet')"`;
const PICKLE = `Write what it holds as JSON lines first, such as: python3 -c "import pandas; pandas.read_pickle('FILE').to_json('FILE.jsonl', orient='records', lines=True)"`;
const TOKENS = 'If it holds token ids, decode them with their tokenizer first.';

/** Formats that would pass for text though nothing in them could be found; reading them silently would hide a leak. */
const FOREIGN: readonly (readonly [name: string, start: readonly number[], wayOut: string])[] = [
  ['a ZIP archive', [0x50, 0x4b, 0x03, 0x04], 'Unpack it into a folder and scan that: unzip FILE -d FILE.d'],
  [
    'a 7-Zip archive',
    [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
    'Unpack it into a folder and scan that: 7z x FILE -oFILE.d',
  ],
  ['a RAR archive', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], 'Unpack it into a folder and scan that: unar -o FILE.d FILE'],
  [
    'LZ4-compressed data',
    [0x04, 0x22, 0x4d, 0x18],
    'Decompress it first, or as it is read: lz4 -dc FILE | heldout scan … --against -',
  ],
  [
    'compress (.Z) data',
    [0x1f, 0x9d],
    'Decompress it first, or as it is read: gzip -dc FILE | heldout scan … --against -',
  ],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46, 0x2d], 'Take its text out first: pdftotext FILE FILE.txt'],
  ['an Arrow file', [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], ARROW_FILE],
  ['an Arrow stream', [0xff, 0xff, 0xff, 0xff], ARROW_STREAM],
  ['an Avro file', [0x4f, 0x62, 0x6a, 0x01], 'Write it as JSON lines first: fastavro FILE > FILE.jsonl'],
  ['an ORC file', [0x4f, 0x52, 0x43], ORC],
  ['an HDF5 file', [0x89, 0x48, 0x44, 0x46], 'Write the text it holds as JSON lines first.'],
  ['a NumPy array', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], TOKENS],
  [
    'a SQLite database',
    [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66],
    'Write a table as JSON first: sqlite3 -json FILE "select * from TABLE" > FILE.json',
  ],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47], NO_TEXT],
  ['a JPEG image', [0xff, 0xd8, 0xff], NO_TEXT],
  ['a GIF image', [0x47, 0x49, 0x46, 0x38], NO_TEXT],
  ['a program', [0x7f, 0x45, 0x4c, 0x46], NO_TEXT],
  ['a Python pickle', [0x80, 0x04, 0x95], PICKLE],
  ['a Python pickle', [0x80, 0x05, 0x95], PICKLE],
  ['UTF-32 text', [0xff, 0xfe, 0, 0], 'Convert it first: iconv -f UTF-32 -t UTF-8 FILE > FILE.utf8'],
  ['UTF-16 text', [0xff, 0xfe], 'Convert it first: iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8'],
  ['UTF-16 text', [0xfe, 0xff], 'Convert it first: iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8'],
];

const TAR: Foreign = {
  name: 'a tar archive',
  wayOut: 'Unpack it into a folder and scan that: mkdir FILE.d && tar -xf FILE -C FILE.d',
};

/** What a file is that heldout does not read, by its first bytes, or undefined. */
export function foreignFormat(bytes: Uint8Array): Foreign | undefined {
  if (startsWith(bytes.subarray(257), [0x75, 0x73, 0x74, 0x61, 0x72]) || hasTarChecksum(bytes)) return TAR;
  const found = FOREIGN.find(([, start]) => startsWith(bytes, start));
  return found && { name: found[0], wayOut: found[2] };
}

/** What a start is most likely whose bytes are mostly no text. */
export function unlikeText(head: Uint8Array): Foreign {
  const order = utf16Order(head);
  if (order === undefined) {
    const name = 'binary data, or text in another encoding than UTF-8';
    return { name, wayOut: `${TOKENS} If it is text, convert it: iconv -f ENCODING -t UTF-8 FILE > FILE.utf8` };
  }
  return { name: 'UTF-16 text', wayOut: `Convert it first: iconv -f UTF-16${order} -t UTF-8 FILE > FILE.utf8` };
}

/** Every other byte of Latin text in UTF-16 is 0. */
export function utf16Order(head: Uint8Array): 'LE' | 'BE' | undefined {
  const nulls = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0) nulls[at % 2]++;
  });
  const half = head.length / 2;
  const odd = nulls.findIndex((count, at) => count > 0.6 * half && nulls[1 - at] < 0.1 * half);
  return odd < 0 ? undefined : odd === 1 ? 'LE' : 'BE';
}

/** The oldest tar has no magic; its header of 512 bytes holds their sum (octal, the sum's own 8 bytes taken as spaces). */
function hasTarChecksum(bytes: Uint8Array): boolean {
  if (bytes.length < 512) return false;
  const field = Buffer.from(bytes.subarray(148, 156)).toString('latin1');
  const said = /^ *([0-7]+)[ \0]/.exec(field)?.[1];
  if (said === undefined) return false;
  const sum = bytes.subarray(0, 512).reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  return parseInt(said, 8) === sum;
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}
