import { createRequire } from 'node:module';

/** The version of the package this file is in. */
export function toolVersion(): string {
  const pkg: unknown = createRequire(import.meta.url)('../../package.json');
  if (typeof pkg === 'object' && pkg !== null && 'version' in pkg && typeof pkg.version === 'string')
    return pkg.version;
  return '0.0.0';
}
