import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { Change, Verdict } from '../../schemas/contracts/compatibility.ts';
import { Field, ResourceDefinition, TableSchema } from '../../schemas/contracts/definition.ts';
import { Terms } from '../../schemas/contracts/terms.ts';

/** Of a definition only what a case is about; a field that matters by its name alone is just that name. */
const Fragment = z.strictObject({
  ...ResourceDefinition.partial().omit({ schema: true }).shape,
  ...TableSchema.partial().omit({ fields: true }).shape,
  fields: z.array(z.union([z.string(), Field])).optional(),
});
type Fragment = z.input<typeof Fragment>;

const Case = z.strictObject({
  description: z.string().regex(/\.$/, 'a sentence with a full stop'),
  old: z.custom<Fragment>(),
  new: z.custom<Fragment>(),
  /** In any order. */
  changes: z.array(Change.pick({ kind: true, path: true }).extend({ fields: z.array(z.string()).optional() })),
  /** Of terms, too, only what the case is about. */
  terms: z.custom<Partial<z.input<typeof Terms>>>().optional(),
  /** For these terms, where there are some; otherwise for the publication. */
  verdict: Verdict,
  /** Fields of the terms that are lost or altered, in any order. */
  fields: z.array(z.string()).optional(),
});

export interface CompatibilityCase extends Pick<
  z.output<typeof Case>,
  'description' | 'changes' | 'verdict' | 'fields'
> {
  readonly file: string;
  readonly old: ResourceDefinition;
  readonly new: ResourceDefinition;
  readonly terms?: Terms;
}

const FOLDER = new URL('compatibility/', import.meta.url);

/** Every case of the folder, by its file. */
export const compatibilityCases = (): CompatibilityCase[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map(readCase);

function readCase(file: string): CompatibilityCase {
  try {
    const { terms, ...stated } = Case.parse(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')));
    return {
      ...stated,
      file,
      old: definitionOf(stated.old),
      new: definitionOf(stated.new),
      ...(terms && { terms: termsOf(terms) }),
    };
  } catch (cause) {
    throw new Error(`test/catalog/compatibility/${file} is not a case`, { cause });
  }
}

/** What a fragment leaves out: a resource of one text field `a`, shared without condition. */
function definitionOf(fragment: Fragment): ResourceDefinition {
  Fragment.parse(fragment);
  const { fields = ['a'], primaryKey, uniqueKeys, missingValues, $schema: _schema, ...entry } = fragment;
  return ResourceDefinition.parse({
    title: 'Case',
    provider: 'quality',
    shareType: 'unconditional',
    ...entry,
    schema: {
      fields: fields.map((field) => (typeof field === 'string' ? { name: field, type: 'string' } : field)),
      ...(primaryKey !== undefined && { primaryKey }),
      ...(uniqueKeys !== undefined && { uniqueKeys }),
      ...(missingValues !== undefined && { missingValues }),
    },
  });
}

const termsOf = (stated: Partial<z.input<typeof Terms>>): Terms =>
  Terms.parse({
    fields: ['a'],
    purpose: 'a case',
    legalBasis: 'a case',
    validFrom: '2026-01-01',
    validTo: '2027-12-31',
    ...stated,
  });
