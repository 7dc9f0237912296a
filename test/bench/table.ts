import type { Figures } from './figures.ts';

const HEAD = ['', 'seconds', 'x hub', 'rows/s', 'MB/s', 'CPU s', 'peak RSS MiB', 'runs'] as const;

const seconds = (value: number | undefined): string => value?.toFixed(value < 10 ? 2 : 1) ?? '-';
const whole = (value: number | undefined): string =>
  value === undefined ? '-' : Math.round(value).toLocaleString('en-US');

/** The cells of one row; `hub` is what the hub took for the same case. */
function cellsOf(figures: Figures, hub: Figures | undefined): string[] {
  const { system, wallSeconds, cpuSeconds, rowsPerSecond, bytes, peakRssMiB, runs } = figures;
  return [
    system,
    seconds(wallSeconds),
    hub ? (wallSeconds / hub.wallSeconds).toFixed(2) : '-',
    whole(rowsPerSecond),
    bytes === 0 ? '-' : whole(bytes / 1e6 / wallSeconds),
    seconds(cpuSeconds),
    whole(peakRssMiB),
    String(runs),
  ];
}

interface CaseTable {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

function tableOf(figures: readonly Figures[]): CaseTable {
  const [{ case: name, rows, bytes } = { case: '', rows: 0, bytes: 0 }] = figures;
  const hub = figures.find(({ system }) => system === 'hub');
  return {
    title: `${name} (${whole(rows)} rows, ${whole(bytes / 1e6)} MB)`,
    rows: [HEAD, ...figures.map((each) => cellsOf(each, hub))],
    notes: figures.flatMap(({ note }) => (note === undefined ? [] : [note])),
  };
}

/** The figures of one case for a terminal. */
export function textTable(figures: readonly Figures[]): string {
  const { title, rows, notes } = tableOf(figures);
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  return [title, ...lines.map((line) => `  ${line}`), ...notes.map((note) => `  ${note}`)].join('\n');
}

/** The same as a table of Markdown. */
export function markdownTable(figures: readonly Figures[]): string {
  const { title, rows, notes } = tableOf(figures);
  const [head = [], ...body] = rows.map((row) => `| ${row.join(' | ')} |`);
  const align = `|---|${'---:|'.repeat(HEAD.length - 1)}`;
  return [`**${title}**`, '', head, align, ...body, ...(notes.length > 0 ? ['', ...notes] : [])].flat().join('\n');
}
