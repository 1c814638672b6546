import { open, rename, rm } from 'node:fs/promises';
import { HeldoutError, messageOf } from '../model/errors.js';
import { whyNotWritten } from './output-folder.js';

/** Writes a file whole or not at all, and never over one that is there. */
export async function writeNewFile(name: string, text: string): Promise<void> {
  const temporary = `${name}.heldout-partial`;
  try {
    // Holds the name, so that nobody else takes it meanwhile.
    await (await open(name, 'wx')).close();
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const why = exists ? 'it exists, and nothing is overwritten' : (whyNotWritten(error) ?? messageOf(error));
    throw new HeldoutError('output', `${name}: cannot be written: ${why}. Choose another name.`, { cause: error });
  }
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, name);
  } catch (error) {
    await Promise.all([rm(temporary, { force: true }), rm(name, { force: true })]);
    throw new HeldoutError(
      'output',
      `${name}: cannot be written: ${whyNotWritten(error) ?? messageOf(error)}. Choose another name.`,
      {
        cause: error,
      },
    );
  }
}
