import { InvalidArgumentError, Option, type Command } from 'commander';
import { Mode } from '../../../../schemas/contracts/definition.ts';
import { ComparisonKind, ComparisonTerms, Terms } from '../../../../schemas/contracts/terms.ts';
import { anyOf, commaList, several, whole } from '../../terminal/option-values.ts';

/** What terms of lookups and comparisons say, as simple options state it. */
export interface ModeOptions {
  readonly mode?: string;
  readonly key?: string;
  readonly keys?: number;
  readonly perDay?: number;
  readonly perUserPerDay?: number;
  readonly reason?: readonly string[];
  readonly kinds?: string;
  readonly compare?: string;
  readonly threshold?: number;
  readonly minResult?: number;
  readonly maxList?: number;
  readonly runsPerDay?: number;
  readonly approval?: string;
  readonly watchKeys?: number;
}

export const withModeOptions = (command: Command): Command =>
  command
    .addOption(new Option('--mode <mode>', 'how the data reach you; delivery if left out').choices(Mode.options))
    .option('--key <names>', 'lookup: the primary key; comparison: by which fields a row finds its record')
    .option('--keys <number>', 'lookup: records of one case in a call', whole(1, 20))
    .option('--per-day <number>', 'lookup: records a day', whole(1, 1_000_000))
    .option('--per-user-per-day <number>', 'lookup: records a day of each user', whole(1, 100_000))
    .option('--reason <text>', 'lookup: why a record may be looked up; repeatable', several)
    .option('--kinds <kinds>', `comparison: ${anyOf(ComparisonKind.options)}, separated by commas`)
    .option('--compare <names>', 'comparison: fields compared beside the key')
    .option('--threshold <score>', 'comparison: least score of link, 0 to 1', score)
    .option('--min-result <number>', 'comparison: fewer matches are not told', whole(1, Number.MAX_SAFE_INTEGER))
    .option('--max-list <rows>', 'comparison: rows of a list', whole(1, 20_000_000))
    .option('--runs-per-day <number>', 'comparison: runs a day', whole(1, 1000))
    .addOption(
      new Option('--approval <who>', 'comparison: who releases each run').choices(
        ComparisonTerms.shape.approval.unwrap().options,
      ),
    )
    .option(
      '--watch-keys <number>',
      'lookup, comparison: keys watched for changes at once; none if left out',
      whole(1, 20_000_000),
    );

function score(text: string): number {
  const number = Number(text);
  if (/^[\d.]+$/.test(text) && number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError('A number from 0 to 1.');
}

/** The terms that these options state. */
export function modeTermsOf({ key, reason, kinds, compare, ...stated }: ModeOptions): object {
  const { mode, keys, perDay, perUserPerDay, threshold, minResult, maxList, runsPerDay, approval, watchKeys } = stated;
  const plain = { mode, keys, perDay, perUserPerDay, threshold, minResult, maxList, runsPerDay, approval, watchKeys };
  return {
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
    ...(key !== undefined && { key: commaList(key) }),
    ...(reason !== undefined && { reasons: reason }),
    ...(kinds !== undefined && { kinds: commaList(kinds) }),
    ...(compare !== undefined && { compare: commaList(compare) }),
  };
}

/** What of some terms another mode says as well. */
export function keptIn(mode: string | undefined, terms: Terms): object {
  if (mode === undefined || mode === terms.mode) return terms;
  const isShared = (name: string) => Terms.options.every(({ shape }) => name in shape);
  return Object.fromEntries(Object.entries(terms).filter(([name]) => isShared(name)));
}

/** What terms of a mode have to say beside what all have to, with the option that says it. */
export const requiredOf: Readonly<Record<Terms['mode'], Readonly<Record<string, string>>>> = {
  delivery: { fields: '--fields' },
  lookup: {
    fields: '--fields',
    key: '--key',
    perDay: '--per-day',
    perUserPerDay: '--per-user-per-day',
    reasons: '--reason',
  },
  comparison: { kinds: '--kinds', key: '--key', maxList: '--max-list', runsPerDay: '--runs-per-day' },
};
