/** The part of seek-bzip 2.0.0 (no types of its own) that read/unbzip2.ts uses: one call decodes one block. */
declare module 'seek-bzip' {
  interface Input {
    readByte(): number;
    read(target: Uint8Array, offset: number, length: number): number;
  }
  interface Output {
    writeByte(byte: number): void;
  }
  class Bunzip {
    constructor(input: Input, output: Output);
    readonly reader: { read(bits: number): number };
    readonly streamCRC: number;
    /** Reads a block's header and symbols; false at the end of the stream. */
    _init_block(): boolean;
    /** Writes the block to the output and checks its CRC. */
    _read_bunzip(): number;
  }
  export default Bunzip;
}
