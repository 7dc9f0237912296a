import { TableSchema } from '../../../schemas/contracts/definition.ts';

/** The rules that every system of the check cases applies: types, lengths, patterns, lists, bounds, dates, check digits. */
export const RULES = {
  orgTypes: ['1', '2', '3', '4', '9'],
  currencies: ['CNY', 'USD', 'EUR', 'HKD', 'JPY'],
  longestName: 120,
  longestAddress: 200,
  longestRepresentative: 60,
  industry: '[A-T][0-9]{2,4}',
  division: '[0-9]{6}',
  phone: '[0-9-]{7,20}',
  leastCapital: 0,
  firstDay: '1900-01-01',
} as const;

export interface BenchSchemaOptions {
  /** Organisation codes are unique. */
  readonly unique?: boolean;
  /** The organisation code is the primary key. */
  readonly keyed?: boolean;
}

/** The bench's resource as the hub sees it. */
export const benchSchema = ({ unique = false, keyed = false }: BenchSchemaOptions): TableSchema =>
  TableSchema.parse({
    ...(keyed && { primaryKey: 'org_code' }),
    fields: [
      {
        name: 'org_code',
        type: 'string',
        check: 'gb11714',
        constraints: { required: true, ...(unique && { unique }) },
      },
      { name: 'org_type', type: 'string', constraints: { required: true, enum: RULES.orgTypes } },
      { name: 'name', type: 'string', constraints: { required: true, maxLength: RULES.longestName } },
      { name: 'industry', type: 'string', constraints: { pattern: RULES.industry } },
      { name: 'division', type: 'string', constraints: { required: true, pattern: RULES.division } },
      { name: 'address', type: 'string', constraints: { maxLength: RULES.longestAddress } },
      { name: 'phone', type: 'string', constraints: { pattern: RULES.phone } },
      { name: 'capital', type: 'number', constraints: { minimum: RULES.leastCapital } },
      { name: 'approved_on', type: 'date', constraints: { minimum: RULES.firstDay } },
      { name: 'currency', type: 'string', constraints: { enum: RULES.currencies } },
      { name: 'representative', type: 'string', constraints: { maxLength: RULES.longestRepresentative } },
      { name: 'registration_no', type: 'string', check: 'gb32100' },
    ],
  });
