import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A department as a registry file has it. */
export const anEntry = (id: string, more: Readonly<Record<string, unknown>> = {}) => ({
  id,
  name: id,
  nameEn: id,
  roles: ['department'],
  ...more,
});

/** A folder for registry files, and for others that settings name. */
export function registryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'hub-registry-'));
  let count = 0;
  return {
    path: (name: string): string => join(folder, name),
    text: (content: string): string => {
      const file = join(folder, `file-${count++}`);
      writeFileSync(file, content);
      return file;
    },
    /** With an authority. */
    of(...entries: readonly object[]): string {
      return this.text(JSON.stringify([anEntry('eitc', { roles: ['authority'] }), ...entries]));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
