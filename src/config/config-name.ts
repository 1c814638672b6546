/** Where `heldout scan` without arguments looks. */
export const CONFIG_FILE = 'heldout.config.json';
