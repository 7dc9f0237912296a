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

/** `page` with these figures between its two marks, or behind it where it has none. */
export function withFigures(page: string, figures: readonly Figures[], quick: boolean): string {
  const section = [
    BEGIN,
    machineFacts()
      .map((fact) => `- ${fact}`)
      .join('\n'),
    ...(quick ? ['Sizes of a development run (`--quick`): not to be compared.'] : []),
    ...byCase(figures).map(markdownTable),
    END,
  ].join('\n\n');
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) return `${page}${page === '' || page.endsWith('\n') ? '' : '\n'}${section}\n`;
  return page.slice(0, begin) + section + page.slice(end + END.length);
}

export async function writeMarkdown(file: string, figures: readonly Figures[], quick: boolean): Promise<void> {
  const page = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return '';
    throw fault;
  });
  await writeFile(file, withFigures(page, figures, quick));
}
