import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import type { Comparison } from '../../schemas/contracts/comparisons.ts';
import { Terminal } from '../cli/terminal.ts';
import { eventually } from '../support/city.ts';
import type { Place } from '../support/place.ts';

interface Roll {
  readonly agreementId: string;
  readonly by: string;
  /** Identity numbers, of which the first four have a record. */
  readonly roll: readonly (string | undefined)[];
}

/** A roll whose numbers the hub is not to hold: what is typed, what is kept meanwhile, and what comes back. */
export async function rollIntersectedBlindly({ hub, city }: Place, { agreementId, by, roll }: Roll): Promise<void> {
  const terminal = await Terminal.beside(hub, by);
  try {
    const rows = roll.map((id, i) => `${i},${id}`);
    await terminal.file('roll.csv', ['职务,身份证号', ...rows, ''].join('\n'));
    const typed = `compare roll.csv --agreement ${agreementId} --blind`;
    const command = `${typed} --kind intersect --columns id_no=身份证号`;
    await refused(terminal, [
      `${typed} --kind verify`,
      `${typed} --kind intersect`,
      command.replace('intersect', 'except'),
    ]);
    const kept = () => readdir(join(terminal.folder, '.cache/hub/comparisons'), { recursive: true });
    expect(await kept()).toEqual([]);

    const sent = await terminal.hub(`--json ${command} --no-wait`);
    const params = { comparisonId: (JSON.parse(sent.out) as Comparison).comparisonId };
    const read = () => city.as(by).call(routes.readComparison, { params });
    const asking = await eventually(read, ({ state }) => state === 'awaiting-approval');
    expect(asking).toMatchObject({ blind: true, list: { bytes: 7 + 65 * roll.length } });
    // The digests of the list and the comparison’s id; the key is nowhere.
    expect((await kept()).toSorted()).toEqual([
      expect.any(String),
      expect.any(String),
      expect.stringContaining('sent.json'),
    ]);
    await stopped(terminal, command, params.comparisonId);
    await city.as('public-security').call(routes.decideComparison, { params, body: { decision: 'approve' } });
    const { code, out } = await terminal.hub(`${command} -o found.csv`);
    expect([code, out]).toEqual([0, expect.stringContaining(params.comparisonId)]);
    expect(await terminal.read('found.csv')).toBe(['职务,身份证号', ...rows.slice(0, 4), ''].join('\n'));
    expect(await kept()).toEqual([]);

    const done = await read();
    await terminal.hub(`fetch ${done.state === 'done' ? done.deliveryId : ''} --to kept.csv`);
    expect(await terminal.read('kept.csv')).toMatch(/^digest\n(?:[0-9a-f]{64}\n){4}$/);
  } finally {
    await terminal.close();
  }
}

/** Ctrl-C while the provider is thought about: the same command is told, and goes on. */
async function stopped(terminal: Terminal, command: string, comparisonId: string): Promise<void> {
  const started = terminal.start(command);
  await started.says(`Going on with comparison ${comparisonId}`);
  started.child.kill('SIGINT');
  const { code, err } = await started.printed;
  expect([code, err]).toEqual([1, expect.stringMatching(/Stopped; it is comparison .*The same command goes on/s)]);
}

/** By a kind that is never blind, for a column that is not there, by a kind that is not agreed. */
async function refused(terminal: Terminal, lines: readonly string[]): Promise<void> {
  const answers = [];
  for (const line of lines) answers.push(await terminal.hub(line));
  expect(answers.map(({ code }) => code)).toEqual([2, 1, 1]);
  const told = answers.map(({ err }) => err).join('\n');
  expect(told).toMatch(/not compared by verify.*has no column "id_no".*invalid-comparison/s);
}
