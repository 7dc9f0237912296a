import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

interface Notice {
  /** Name, version and licence. */
  readonly of: string;
  readonly text: string;
}

/** Where a package that is under this project's own licence brings no text of it. */
const OWN = { license: 'Apache-2.0', text: 'The text is the LICENSE beside this file.' };

/**
 * The licences of the packages whose code was bundled, with their texts, as they ask for; a text that several share once.
 * @param sources files, relative to the project
 * @throws Error for a package that names no licence, or brings no text of one that is not this project's
 */
export async function noticesOf(sources: readonly string[]): Promise<string> {
  const folders = new Set(
    sources.flatMap((path) => /^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(path) ?? []),
  );
  const notices = await Promise.all([...folders].toSorted().map(noticeOf));
  const texts = [...new Set(notices.map(({ text }) => text))].map((text) => {
    const names = notices.flatMap((notice) => (notice.text === text ? [notice.of] : []));
    return `${names.join('\n')}\n\n${text}\n`;
  });
  return [`hub has code of these packages in it.\n`, ...texts].join(`\n${'-'.repeat(80)}\n\n`);
}

async function noticeOf(folder: string): Promise<Notice> {
  const read = (file: string) => readFile(join(root, folder, file), 'utf8');
  const { name, version, license } = JSON.parse(await read('package.json')) as Record<string, unknown>;
  if (typeof license !== 'string') throw new Error(`${folder} names no licence`);
  const files = (await readdir(join(root, folder))).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const texts = await Promise.all(files.toSorted().map(read));
  if (texts.length === 0 && license !== OWN.license) throw new Error(`${folder} brings no text of its licence`);
  const text = texts.length === 0 ? OWN.text : texts.map((each) => each.trim()).join('\n\n');
  return { of: `${String(name)} ${String(version)} (${license})`, text };
}
