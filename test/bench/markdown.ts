import { readFile, writeFile } from 'node:fs/promises';
import type { Figures } from './figures.ts';
import { machineFacts } from './machine.ts';
import { markdownTable } from './table.ts';

const BEGIN = '<!-- bench: figures -->';
const END = '<!-- bench: end of figures -->';

/** Figures of one case after another. */
export const byCase = (figures: readonly Figures[]): Figures[][] => [
  ...Map.groupBy(figures, ({ case: name }) => name).values(),
];

/** How the table of a case begins, with the case's name. */
const HEADING = /^\*\*(\S+) \(/;

/**
 * `page` with these figures between its two marks, or behind it where it has none. Cases that were not run keep the tables
 * that they have there.
 */
export function withFigures(page: string, figures: readonly Figures[], quick: boolean): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  const there = begin >= 0 && end > begin;
  const tables = new Map(there ? tablesIn(page.slice(begin, end)) : []);
  for (const table of byCase(figures).map(markdownTable)) tables.set(caseOf(table), table);
  const section = [
    BEGIN,
    machineFacts()
      .map((fact) => `- ${fact}`)
      .join('\n'),
    ...(quick ? ['Sizes of a development run (`--quick`): not to be compared.'] : []),
    ...tables.values(),
    END,
  ].join('\n\n');
  if (!there) return `${page}${page === '' || page.endsWith('\n') ? '' : '\n'}${section}\n`;
  return page.slice(0, begin) + section + page.slice(end + END.length);
}

const caseOf = (table: string): string => HEADING.exec(table)?.[1] ?? '';

/** Of a section as it was written, by case. */
const tablesIn = (section: string): (readonly [string, string])[] =>
  section
    .split(/\n\n(?=\*\*)/)
    .filter((table) => HEADING.test(table))
    .map((table) => [caseOf(table), table.trimEnd()]);

export async function writeMarkdown(file: string, figures: readonly Figures[], quick: boolean): Promise<void> {
  const page = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return '';
    throw fault;
  });
  await writeFile(file, withFigures(page, figures, quick));
}
