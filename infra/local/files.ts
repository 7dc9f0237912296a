import { renameSync, writeFileSync } from 'node:fs';

/** Written beside and renamed into place: a reader sees the whole of the old file or the whole of the new one. */
export function replaceFile(file: string, content: string, mode = 0o644): void {
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, content, { mode });
  renameSync(draft, file);
}
