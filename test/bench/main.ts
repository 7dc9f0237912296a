import { writeFile } from 'node:fs/promises';
import { CommanderError } from 'commander';
import type { BenchContext } from './cases.ts';
import { checkCases } from './check/check-cases.ts';
import type { Figures } from './figures.ts';
import { formatCases } from './formats/format-cases.ts';
import { verifyCases } from './compare/verify-cases.ts';
import { deriveCases } from './derive/derive-cases.ts';
import { catalogCase } from './hub/catalog-case.ts';
import { changesCase } from './hub/changes-case.ts';
import { deliveryCases } from './hub/delivery-cases.ts';
import { liveRecordCase } from './hub/live-record-case.ts';
import { lookupCases } from './lookup/lookup-cases.ts';
import { machineFacts } from './machine.ts';
import { writeMarkdown } from './markdown.ts';
import { type BenchOptions, benchProgram, chosen } from './program.ts';
import { progressLine } from './progress-line.ts';
import { textTable } from './table.ts';
import { typesCase } from './types/types-case.ts';

const cases = [
  ...checkCases,
  typesCase,
  ...formatCases,
  ...verifyCases,
  ...deriveCases,
  ...lookupCases,
  ...deliveryCases,
  changesCase,
  liveRecordCase,
  catalogCase,
];

async function bench(options: BenchOptions): Promise<void> {
  const { quick = false, runs, seed, data: folder, json, markdown } = options;
  const line = progressLine(process.stderr);
  const context: BenchContext = { folder, seed, runs, quick, progress: line.show };
  const wanted = chosen(cases, options);
  console.log(`${machineFacts().join('\n')}\n`);
  if (quick) console.log('QUICK: a twentieth of every size; these figures are not to be compared\n');
  const all: Figures[] = [];
  for (const each of wanted) {
    const figures = await each.run(context).finally(line.clear);
    console.log(`${textTable(figures)}\n`);
    all.push(...figures);
    // After every case: an hour's figures outlive a fault in the next one.
    if (json !== undefined) await writeFile(json, `${JSON.stringify(all.map(jsonOf(quick)), undefined, 2)}\n`);
    if (markdown !== undefined) await writeMarkdown(markdown, all, quick);
  }
}

const jsonOf = (quick: boolean) => (figures: Figures) => ({
  ...figures,
  cpuSeconds: figures.cpuSeconds ?? null,
  peakRssMiB: figures.peakRssMiB ?? null,
  ...(quick && { quick }),
});

try {
  await bench(benchProgram(cases).parse().opts<BenchOptions>());
} catch (fault) {
  process.exitCode = 1;
  if (fault instanceof CommanderError) process.exitCode = fault.exitCode;
  else if (fault instanceof Error && fault.cause === undefined) console.error(`bench: ${fault.message}`);
  else console.error(fault);
}
