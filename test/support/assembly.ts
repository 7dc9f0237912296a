import { mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentAssembly } from '../../infra/local/synthesis.ts';

/**
 * The same app as it would be synthesized with other settings: numbers that functions are given in their environment.
 * @returns a folder, to be removed by whoever asked
 */
export async function assemblyWith(numbers: Readonly<Record<string, number>>): Promise<string> {
  const { directory } = await currentAssembly();
  const copy = mkdtempSync(join(tmpdir(), 'exchange-hub-assembly-'));
  for (const name of readdirSync(directory)) {
    if (!name.endsWith('-service.template.json')) {
      symlinkSync(join(directory, name), join(copy, name));
      continue;
    }
    const template = Object.entries(numbers).reduce(
      (text, [variable, number]) =>
        text.replaceAll(new RegExp(`"${variable}": "\\d+"`, 'g'), `"${variable}": "${number}"`),
      readFileSync(join(directory, name), 'utf8'),
    );
    writeFileSync(join(copy, name), template);
  }
  return copy;
}
