import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { BenchCase } from './cases.ts';

export interface BenchOptions {
  readonly only?: string;
  readonly all?: boolean;
  readonly quick?: boolean;
  readonly runs: number;
  readonly seed: number;
  readonly data: string;
  readonly json?: string;
  readonly markdown?: string;
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 is wanted');
  return Number(text);
}

/** The command line, with the cases in its help. */
export function benchProgram(cases: readonly BenchCase[]): Command {
  const width = Math.max(...cases.map(({ name }) => name.length));
  const list = cases.map(
    ({ name, about, onDemand }) =>
      `  ${name.padEnd(width)}  ${about}${onDemand ? ' (only when named or with --all)' : ''}`,
  );
  return new Command('bench')
    .description(
      'Runs the hub and others on the same generated files, verifies that their outputs agree, and tells medians.\n' +
        'The whole bench takes about an hour. To begin with:\n\n' +
        '  npm run bench -- --only check-1M --quick\n  npm run bench -- --only check-1M-n1',
    )
    .option('--only <names>', 'cases, or beginnings of their names, with commas between')
    .option('--all', 'also the cases that take very long')
    .option('--quick', 'a twentieth of every size: to see that it works, not to compare')
    .option('--runs <count>', 'runs of each system; one that takes over a minute runs once', positive, 3)
    .option('--seed <number>', 'of the generated data', positive, 1)
    .option(
      '--data <folder>',
      'for generated files, kept for the next time, and outputs',
      join(tmpdir(), 'exchange-hub-bench'),
    )
    .option('--json <file>', 'writes the medians as JSON')
    .option('--markdown <file>', 'writes the tables of these cases between the two marks of a Markdown page')
    .addHelpText('after', `\nCases:\n${list.join('\n')}\n\nHow to read the figures: test/bench/BENCHMARKING.md`)
    .exitOverride()
    .showHelpAfterError('(bench --help shows options and cases)');
}

/** @throws when a name is of no case. */
export function chosen(cases: readonly BenchCase[], { only, all }: Pick<BenchOptions, 'only' | 'all'>): BenchCase[] {
  if (only === undefined) return cases.filter(({ onDemand }) => all || !onDemand);
  const names = only.split(',').map((name) => name.trim());
  const stranger = names.find((name) => name === '' || !cases.some((each) => each.name.startsWith(name)));
  if (stranger !== undefined) throw new Error(`no case is called '${stranger}' or begins so: see --help`);
  return cases.filter(({ name, onDemand }) =>
    names.some((wanted) => wanted === name || (name.startsWith(wanted) && (all || !onDemand))),
  );
}
