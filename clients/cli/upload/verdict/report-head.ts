/** One fault as the rejection report has it. */
export interface Fault {
  /** From 1; undefined for a rule of the whole record. */
  readonly column: number | undefined;
  readonly field: string;
  readonly rule: string;
  readonly value: string;
}

export interface RejectedRecord {
  readonly line: number;
  readonly faults: readonly Fault[];
}

/** A record has as many faults as it has rules to break: of one with thousands the first tell enough. */
const FAULTS_A_RECORD = 20;

/** The first rejected records of a report; no more of it is read than they need. Warnings rejected nothing. */
export async function firstRecords(report: AsyncIterable<Uint8Array>, count: number): Promise<RejectedRecord[]> {
  const records: { line: number; faults: Fault[] }[] = [];
  for await (const row of rowsOf(report)) {
    const [line, column, field = '', rule = '', value = '', severity] = row;
    if (severity === 'warning') continue;
    const last = records.at(-1);
    const fault = { column: column ? Number(column) : undefined, field, rule, value };
    if (last?.line !== Number(line)) {
      if (records.length === count) break;
      records.push({ line: Number(line), faults: [fault] });
    } else if (last.faults.length < FAULTS_A_RECORD) last.faults.push(fault);
  }
  return records;
}

/** The report's rows after its head: CSV as RFC 4180 has it, which the hub itself wrote. */
async function* rowsOf(report: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  let head = true;
  for await (const chunk of report) {
    rest += decoder.decode(chunk, { stream: true });
    for (let end = endOfRow(rest); end >= 0; end = endOfRow(rest)) {
      const row = cellsOf(rest.slice(0, end));
      rest = rest.slice(end + 1);
      if (!head) yield row;
      head = false;
    }
  }
}

/** A line end within quotes ends no row. */
function endOfRow(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    else if (text[at] === '\n' && !quoted) return at;
  }
  return -1;
}

const CELL = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;

const cellsOf = (row: string): string[] =>
  [...row.matchAll(CELL)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
