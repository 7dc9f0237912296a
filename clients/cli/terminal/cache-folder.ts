import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where command-line tools keep what they can do without (XDG Base Directory Specification). */
export const cacheFolder = (env: Readonly<Record<string, string | undefined>>, of: 'uploads' | 'comparisons'): string =>
  join(env['XDG_CACHE_HOME'] || join(env['HOME'] ?? homedir(), '.cache'), 'hub', of);
