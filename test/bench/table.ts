import type { Figures } from './figures.ts';

const seconds = (value: number | undefined): string => value?.toFixed(value < 10 ? 2 : 1) ?? '-';
const whole = (value: number | undefined): string =>
  value === undefined ? '-' : Math.round(value).toLocaleString('en-US');

interface TableColumn {
  readonly head: string;
  /** @param hub what the hub took for the same case */
  readonly cell: (figures: Figures, hub: Figures | undefined) => string;
}

const NAME: TableColumn = { head: '', cell: ({ system }) => system };
const SECONDS: TableColumn = { head: 'seconds', cell: ({ wallSeconds }) => seconds(wallSeconds) };
const CPU: TableColumn = { head: 'CPU s', cell: ({ cpuSeconds }) => seconds(cpuSeconds) };
const ROWS: TableColumn = { head: 'rows/s', cell: ({ rowsPerSecond }) => whole(rowsPerSecond) };
const BYTES: TableColumn = {
  head: 'MB/s',
  cell: ({ bytes, wallSeconds }) => (bytes === 0 ? '-' : whole(bytes / 1e6 / wallSeconds)),
};
const RUNS: TableColumn = { head: 'runs', cell: ({ runs }) => String(runs) };

const SYSTEMS: readonly TableColumn[] = [
  NAME,
  SECONDS,
  { head: 'x hub', cell: ({ wallSeconds }, hub) => (hub ? (wallSeconds / hub.wallSeconds).toFixed(2) : '-') },
  ROWS,
  BYTES,
  CPU,
  { head: 'peak RSS MiB', cell: ({ peakRssMiB }) => whole(peakRssMiB) },
  RUNS,
];

const TYPES: readonly TableColumn[] = [
  NAME,
  SECONDS,
  CPU,
  { head: 'as text, CPU s', cell: ({ asText }) => seconds(asText?.cpuSeconds) },
  {
    head: 'x text',
    cell: ({ cpuSeconds = Number.NaN, asText }) => (asText ? (cpuSeconds / asText.cpuSeconds).toFixed(2) : '-'),
  },
  ROWS,
  BYTES,
  RUNS,
];

interface CaseTable {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

function tableOf(figures: readonly Figures[]): CaseTable {
  const [{ case: name, rows, bytes } = { case: '', rows: 0, bytes: 0 }] = figures;
  const hub = figures.find(({ system }) => system === 'hub');
  const comparesTypes = figures.some(({ asText }) => asText !== undefined);
  const columns = comparesTypes ? TYPES : SYSTEMS;
  const size = comparesTypes ? '' : `, ${whole(bytes / 1e6)} MB`;
  return {
    title: `${name} (${whole(rows)} rows${size})`,
    rows: [columns.map(({ head }) => head), ...figures.map((each) => columns.map(({ cell }) => cell(each, hub)))],
    notes: figures.flatMap(({ note }) => (note === undefined ? [] : [note])),
  };
}

/** The figures of one case for a terminal. */
export function textTable(figures: readonly Figures[]): string {
  const { title, rows, notes } = tableOf(figures);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
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
  const align = `|---|${'---:|'.repeat((rows[0]?.length ?? 1) - 1)}`;
  return [`**${title}**`, '', head, align, ...body, ...(notes.length > 0 ? ['', ...notes] : [])].flat().join('\n');
}
