import type { Condition, Mask } from '../../../schemas/contracts/terms.ts';
import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';

type Row = Readonly<Record<string, string>>;

/** The cells that an extract takes from a row; `undefined` where its filter leaves the row out. */
export function rowExtract({ fields, filter, mask }: ExtractSpec): (row: Row) => string[] | undefined {
  const conditions = filter.map(conditionOf);
  const cells = fields.map((field) => cellOf(field, mask[field]));
  return (row) => (conditions.every((holds) => holds(row)) ? cells.map((cell) => cell(row)) : undefined);
}

function conditionOf(condition: Condition): (row: Row) => boolean {
  const { field } = condition;
  switch (condition.op) {
    case 'eq':
      return (row) => row[field] === condition.value;
    case 'prefix':
      return (row) => row[field]!.startsWith(condition.value);
    case 'in': {
      const wanted = new Set<unknown>(condition.value);
      return (row) => wanted.has(row[field]);
    }
    default:
      throw new Error('the bench filters by eq, in and prefix');
  }
}

function cellOf(field: string, mask: Mask | undefined): (row: Row) => string {
  if (mask === undefined) return (row) => row[field]!;
  return (row) => (row[field] === '' ? '' : MASKS[mask](row[field]!));
}

const MASKS: Readonly<Record<Mask, (text: string) => string>> = {
  hide: () => '***',
  first1: (text) => {
    const [first, second] = text;
    return second === undefined ? '***' : `${first}**`;
  },
  last4: (text) => {
    const characters = Array.from(text);
    return characters.length <= 4 ? '********' : `****${characters.slice(-4).join('')}`;
  },
};
