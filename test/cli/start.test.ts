import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const MAIN = join(import.meta.dirname, '../../clients/cli/hub.mjs');

test('a Node that does not read TypeScript hands over to the one of the packages', () => {
  const said = execFileSync(process.execPath, ['--no-experimental-strip-types', MAIN, '--help'], { encoding: 'utf8' });
  expect(said).toContain('Usage: hub');
});

/** A name that a module lacks ends an older Node before the first line of ours. */
test('what it names of Node is there since Node 20', async () => {
  const source = await readFile(MAIN, 'utf8');
  const named = [...source.matchAll(/import \{([^}]*)\} from 'node:/g)].flatMap(([, names = '']) => names.split(','));
  expect(named.map((name) => name.trim()).toSorted()).toEqual(['dirname', 'fileURLToPath', 'join', 'spawnSync']);
});
