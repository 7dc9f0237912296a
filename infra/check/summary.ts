import type { Checked } from './partitions.ts';

/** The results as people read them: sizes, faults one by one, and what is only reported counted by rule. */
export const told = (results: readonly Checked[]): string => [...results.map(ofPlace), verdict(results)].join('\n');

const ofPlace = ({ place, stacks, faults }: Checked): string =>
  [
    `${place}: ${stacks.map(({ name, resources, bytes }) => `${name} ${resources} resources, ${Math.round(bytes / 1000)} KB`).join(' · ')}`,
    ...faults.map((fault) => `  ✗ ${fault}`),
    '',
  ].join('\n');

function verdict(results: readonly Checked[]): string {
  const faults = results.reduce((sum, each) => sum + each.faults.length, 0);
  return [
    'NIST 800-53 revision 5 (reported, see docs/decisions/2026-11-24-what-the-templates-are-held-to.md):',
    ...byRule(results[0]!).map(([rule, count]) => `  ${String(count).padStart(4)}  ${rule}`),
    '',
    faults === 0 ? '✓ partitions, sizes, cdk-nag AwsSolutions\n' : `✗ ${faults} faults\n`,
  ].join('\n');
}

function byRule({ reported }: Checked): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { rule } of reported) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
}
