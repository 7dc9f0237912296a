import { type Condition, Mask, type Terms } from '../../../../schemas/contracts/terms.ts';
import type { Body } from '../../../protocol/route-types.ts';
import { wrongUsage } from '../../terminal/failure.ts';
import { anyOf, commaList } from '../../terminal/option-values.ts';
import { modeTermsOf, requiredOf, type ModeOptions } from './mode-options.ts';

/** Terms as simple options state them; what is left out is the hub's default, or comes from a file. */
export interface TermsOptions extends ModeOptions {
  readonly fields?: string;
  readonly filter?: readonly string[];
  readonly mask?: readonly string[];
  readonly content?: string;
  readonly format?: string;
  readonly frequency?: string;
  readonly at?: string;
  readonly purpose?: string;
  readonly basis?: string;
  readonly from?: string;
  readonly until?: string;
  readonly provision?: string;
  readonly use?: string;
  readonly retain?: number;
  readonly security?: string;
  readonly justify?: readonly string[];
  readonly reshare?: string;
}

type ProposedTerms = Body<'proposeAgreement'>['terms'];

/** The terms that a proposal carries: those of the file, with every option in place of the file's own; the hub judges them. */
export function termsOf(options: TermsOptions, file: object = {}): ProposedTerms {
  const { fields, filter, mask, content, format, frequency, at, purpose, basis, from, until, justify, reshare } =
    options;
  return {
    ...file,
    ...modeTermsOf(options),
    ...(fields !== undefined && { fields: commaList(fields) }),
    ...(filter !== undefined && { filter: filter.map(conditionOf) }),
    ...(mask !== undefined && { mask: Object.fromEntries(mask.map(maskOf)) }),
    ...(content !== undefined && { content }),
    ...(format !== undefined && { format }),
    ...(frequency !== undefined && { frequency }),
    ...(at !== undefined && { at }),
    ...(purpose !== undefined && { purpose }),
    ...(basis !== undefined && { legalBasis: basis }),
    ...(from !== undefined && { validFrom: from }),
    ...(until !== undefined && { validTo: until }),
    ...(justify !== undefined && { justification: Object.fromEntries(justify.map(reasonOf)) }),
    ...(reshare !== undefined && { reshare }),
    ...dutiesOf(options, file),
  } as ProposedTerms;
}

/** The duties of the file stay as they are beside those that options state. */
function dutiesOf(
  { provision, use, retain, security }: TermsOptions,
  file: { readonly duties?: object },
): { readonly duties?: object } {
  const stated = {
    ...(provision !== undefined && { provision }),
    ...(use !== undefined && { use }),
    ...(retain !== undefined && { disposal: { retainDays: retain } }),
    ...(security !== undefined && { security }),
  };
  return Object.keys(stated).length === 0 ? {} : { duties: { ...file.duties, ...stated } };
}

/** What every agreement has to say, with the option that says it; all else has a default. */
const required = {
  purpose: '--purpose',
  legalBasis: '--basis',
  validFrom: '--from',
  validTo: '--until',
};

/** The options whose entries the terms lack; of a mode that there is not the hub tells. */
export function missingIn(terms: { readonly mode?: string | undefined }): string[] {
  const { mode = 'delivery' } = terms;
  const ofMode = Object.hasOwn(requiredOf, mode) ? requiredOf[mode as Terms['mode']] : {};
  return Object.entries({ ...ofMode, ...required }).flatMap(([entry, option]) => (entry in terms ? [] : [option]));
}

const opOf = { '=': 'eq', '^=': 'prefix', '>=': 'min', '<=': 'max' } as const;

/**
 * `field=value` is eq, `field=a|b|c` in, `field^=value` prefix, `field>=value` min, `field<=value` max.
 * Values stay text: the hub reads them by the field's type.
 */
function conditionOf(text: string): Condition {
  const [, field, sign, value] = /^(.+?)(\^=|>=|<=|=)(.+)$/s.exec(text) ?? [];
  if (field === undefined || sign === undefined || value === undefined) {
    throw wrongUsage(
      `--filter ${text} is no condition.`,
      'Write field=value, field=a|b|c (one of), field^=prefix, field>=least or field<=most.',
    );
  }
  if (sign === '=' && value.includes('|')) return { field, op: 'in', value: value.split('|') };
  return { field, op: opOf[sign as keyof typeof opOf], value };
}

function maskOf(text: string): readonly [string, string] {
  const [, field, mask] = /^(.+)=(.+)$/s.exec(text) ?? [];
  if (field === undefined || mask === undefined) {
    throw wrongUsage(`--mask ${text} is no mask.`, `Write ${anyOf(Mask.options.map((each) => `field=${each}`))}.`);
  }
  return [field, mask];
}

function reasonOf(text: string): readonly [string, string] {
  const [, field, reason] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (field === undefined || reason === undefined) {
    throw wrongUsage(`--justify ${text} is no reason for a field.`, 'Write field=why it is needed unmasked.');
  }
  return [field, reason];
}

/** A condition as it is written on the command line. */
export function conditionText({ field, op, value }: Condition): string {
  if (op === 'in') return `${field}=${value.join('|')}`;
  const sign = { eq: '=', prefix: '^=', min: '>=', max: '<=' }[op];
  return `${field}${sign}${value}`;
}
