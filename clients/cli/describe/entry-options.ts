import { Option, type Command } from 'commander';
import type { Entry } from '../../../functions/records/index.ts';
import { ShareType, UpdateCycle } from '../../../schemas/contracts/definition.ts';
import { wrongUsage } from '../terminal/failure.ts';
import { several } from '../terminal/option-values.ts';

/** What no file knows of a resource, and how it is called in the catalog. */
export interface EntryOptions {
  readonly title?: string;
  readonly titleEn?: string;
  readonly description?: string;
  readonly provider?: string;
  readonly category?: string;
  readonly theme?: readonly string[];
  readonly shareType?: string;
  readonly condition?: string;
  readonly basis?: string;
  readonly updateCycle?: string;
  readonly tolerance?: string;
}

export const withEntryOptions = (command: Command): Command =>
  command
    .option('--provider <department>', 'who provides the resource: id of a department')
    .addOption(new Option('--share-type <type>', 'how it is shared').choices(ShareType.options))
    .option('--condition <text>', 'on what conditions, for conditional')
    .option('--basis <text>', 'the law that says so, for refused')
    .option('--title <text>', 'title in the catalog')
    .option('--title-en <text>', 'the same in English')
    .option('--description <text>', 'what it is about')
    .option('--category <code>', 'of the catalog')
    .option('--theme <theme>', 'repeatable', several)
    .addOption(new Option('--update-cycle <cycle>', 'how often it is new').choices(UpdateCycle.options))
    .option('--tolerance <share>', 'of rejected records, 0 to 1, above which an upload is refused');

/** Only what was stated: the rest is the file's, or stays open. */
export function entryOf(options: EntryOptions): Entry {
  const { title, titleEn, description, provider, category, theme, shareType, condition, basis, updateCycle } = options;
  const tolerance = options.tolerance === undefined ? undefined : Number(options.tolerance);
  if (tolerance !== undefined && !(tolerance >= 0 && tolerance <= 1))
    throw wrongUsage('--tolerance is no share.', 'A number from 0 to 1, such as 0.05.');
  const stated = {
    title,
    titleEn,
    description,
    provider,
    category,
    themes: theme,
    shareType,
    shareCondition: condition,
    legalBasis: basis,
    updateCycle,
    tolerance,
  };
  return Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));
}

const FLAGS = {
  provider: '--provider',
  shareType: '--share-type',
  condition: '--condition',
  basis: '--basis',
  title: '--title',
  titleEn: '--title-en',
  description: '--description',
  category: '--category',
  updateCycle: '--update-cycle',
  tolerance: '--tolerance',
} as const;

/** The options again, to be typed. */
export const wordsOf = (options: EntryOptions): string[] => [
  ...Object.entries(FLAGS).flatMap(([name, flag]) => {
    const value = options[name as keyof typeof FLAGS];
    return value === undefined ? [] : [flag, value];
  }),
  ...(options.theme ?? []).flatMap((theme) => ['--theme', theme]),
];

const OPTION_OF: Readonly<Record<string, string>> = {
  '/provider': '--provider DEPARTMENT',
  '/shareType': '--share-type unconditional',
  '/shareCondition': '--condition TEXT',
  '/legalBasis': '--basis TEXT',
  '/title': '--title TEXT',
};

/** The options that would fill the gaps of a draft. */
export const optionsFor = (paths: readonly string[]): string[] =>
  paths.flatMap((path) => (OPTION_OF[path] === undefined ? [] : [OPTION_OF[path]]));
