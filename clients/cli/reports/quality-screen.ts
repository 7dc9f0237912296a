import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { FieldQuality, Quality } from '../../../schemas/contracts/quality.ts';
import type { ViolationCount } from '../../../schemas/contracts/uploads.ts';
import { count, moment } from '../../words/quantity.ts';
import { either, word } from '../../words/speech.ts';
import { bold, dim, type Look } from '../terminal/look.ts';
import { facts, table } from '../terminal/table.ts';

type Definition = Pick<ResourceDefinition, 'schema'> | undefined;

export interface Qualities {
  readonly items: readonly Quality[];
  /** The newest of them whose fields are known. */
  readonly newest: Quality | undefined;
  readonly definition: Definition;
}

/** The uploads, a line each, then the newest by rule and by field. */
export function qualityScreen({ items, newest, definition }: Qualities, look: Look): string {
  if (!newest) return dim(either(look, 'Nothing was uploaded and read yet.', '尚无已校验的上报。'), look);
  const uploads = table(
    items,
    [
      { head: '#', value: ({ sequence }) => String(sequence), right: true },
      { head: word('at', look), value: ({ at }) => moment(at) },
      { head: word('state', look), value: ({ state }) => word(state, look) },
      { head: word('content', look), value: ({ content }) => word(content, look) },
      { head: word('read', look), value: ({ rows }) => count(rows.read), right: true },
      { head: word('rejected', look), value: ({ rows }) => count(rows.rejected), right: true },
      { head: word('warnings', look), value: ({ violations }) => count(warningsIn(violations)), right: true },
      { head: word('dataset', look), value: ({ datasetVersion }) => known(datasetVersion), right: true },
      { head: word('rows', look), value: ({ datasetRows }) => known(datasetRows), right: true },
      { head: word('drift', look), value: ({ drift }) => (drift === undefined ? '' : signed(drift)), right: true },
      { head: word('upload', look), value: ({ uploadId }) => uploadId, id: true },
    ],
    look,
  );
  return [uploads, bold(`#${newest.sequence}`, look), detail(newest, definition, look)].join('\n\n');
}

/** One upload by itself. */
export function qualityOfOneScreen(quality: Quality, definition: Definition, look: Look): string {
  const { rows, datasetVersion, datasetRows, drift, held } = quality;
  const standing = facts(
    [
      [word('upload', look), `${quality.uploadId}  #${quality.sequence}`],
      [word('at', look), moment(quality.at)],
      [word('state', look), word(quality.state, look)],
      [word('content', look), word(quality.content, look)],
      [word('read', look), count(rows.read)],
      [
        word('rejected', look),
        `${count(rows.rejected)}${rows.read > 0 ? `  (${share(rows.rejected, rows.read)})` : ''}`,
      ],
      [word('dataset', look), known(datasetVersion)],
      [word('rows', look), known(datasetRows)],
      [word('drift', look), drift === undefined ? undefined : signed(drift)],
      [word('held', look), held && `${count(held.previousRows)} → ${count(held.rows)}, > ${percent(held.limit)}`],
    ],
    look,
  );
  return `${standing}\n\n${detail(quality, definition, look)}`;
}

const detail = (quality: Quality, definition: Definition, look: Look): string =>
  [rulesTable(quality, look), fieldsTable(quality, definition, look)].filter((part) => part !== '').join('\n\n');

/** What failed most stands first. */
function rulesTable({ violations, rows }: Quality, look: Look): string {
  if (violations.length === 0) return dim(either(look, 'No rule was broken.', '没有违反任何规则。'), look);
  return table(
    violations.toSorted((one, other) => other.count - one.count),
    [
      {
        head: word('field', look),
        value: ({ field }) => (field === '' ? either(look, '(record)', '（整条）') : field),
      },
      { head: word('rule', look), value: ({ rule }) => rule },
      { head: word('severity', look), value: ({ severity }) => word(severity ?? 'rejected', look) },
      { head: word('count', look), value: (line) => count(line.count), right: true },
      { head: word('portion', look), value: (line) => share(line.count, rows.read), right: true },
    ],
    look,
  );
}

function fieldsTable({ fields, datasetRows, state }: Quality, definition: Definition, look: Look): string {
  if (!fields) {
    const later = either(look, 'Its fields are being looked at.', '各信息项尚在统计。');
    return state === 'accepted' ? dim(later, look) : '';
  }
  const titles = new Map(definition?.schema.fields.map((field) => [field.name, field]));
  const rows = datasetRows ?? 0;
  return table<FieldQuality>(
    fields,
    [
      { head: word('field', look), value: ({ name }) => name },
      { head: word('title', look), value: ({ name }) => titleOf(titles.get(name), look), flexible: true },
      { head: word('missing', look), value: ({ missing }) => count(missing), right: true },
      { head: word('portion', look), value: ({ missing }) => share(missing, rows), right: true },
      { head: word('distinct', look), value: ({ distinct }) => count(distinct), right: true },
      { head: word('smallest', look), value: ({ minimum = '' }) => minimum, flexible: true },
      { head: word('largest', look), value: ({ maximum = '' }) => maximum, flexible: true },
    ],
    look,
  );
}

const titleOf = (field: { title?: string | undefined; titleEn?: string | undefined } | undefined, { lang }: Look) =>
  (lang === 'zh' ? (field?.title ?? field?.titleEn) : (field?.titleEn ?? field?.title)) ?? '';

const warningsIn = (violations: readonly ViolationCount[]): number =>
  violations.reduce((sum, { severity, count: some }) => sum + (severity === 'warning' ? some : 0), 0);

const known = (number: number | undefined): string => (number === undefined ? '' : count(number));

const percent = (part: number): string => `${Number((part * 100).toPrecision(3))} %`;
/** Less than a thousandth of a percent is told as such, not as none. */
const share = (part: number, of: number): string =>
  of === 0 ? '' : part > 0 && part / of < 0.000_01 ? '< 0.001 %' : percent(part / of);
const signed = (drift: number): string => `${drift < 0 ? '−' : drift > 0 ? '+' : ''}${percent(Math.abs(drift))}`;
