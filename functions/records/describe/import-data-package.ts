import { type Entry, isObject, type Json, note, type Note, textOf } from './draft.ts';
import { entryFrom, EXTENSION, titled } from './entry.ts';
import { chosenFrom, nameOf } from './choose.ts';
import type { Outcome } from './import-outcome.ts';
import { fromTableSchema } from './import-table-schema.ts';

/** A resource of a Data Package (datapackage.org/standard/data-package), v1 or v2. */
export function fromDataPackage(document: Json, wanted: string | undefined, given: Entry): Outcome {
  const resources = (Array.isArray(document['resources']) ? document['resources'] : []).filter(isObject);
  const choice = chosenFrom(resources, wanted, isTable, 'the package');
  if (!choice.ok) return choice.refused;
  const resource = choice.table;
  const { schema } = resource;
  if (typeof schema === 'string') {
    return {
      refusal: 'schema-elsewhere',
      detail: `the schema of ${nameOf(resource)} is in a document of its own, ${schema}: import that`,
    };
  }
  if (!isObject(schema)) return { refusal: 'no-table', detail: `the resource ${nameOf(resource)} states no schema` };
  const notes: Note[] = [...dialectNotes(resource)];
  const entry = { ...ofResource(resource, document, notes), ...given };
  return fromTableSchema(schema, entry, notes);
}

const isTable = ({ schema }: Json): boolean => isObject(schema) || typeof schema === 'string';

/** Title and description: of the resource, or else of a package that is about nothing else. */
function ofResource(resource: Json, document: Json, notes: Note[]): Entry {
  const alone = Array.isArray(document['resources']) && document['resources'].length === 1;
  const title =
    textOf(resource['title']) ?? (alone ? textOf(document['title']) : undefined) ?? textOf(resource['name']);
  const description = textOf(resource['description']) ?? (alone ? textOf(document['description']) : undefined);
  if (textOf(resource['title']) === undefined && title !== undefined)
    notes.push(note('/title', `the resource has no title; ${JSON.stringify(title)} stands in for it`));
  return { ...titled(title, description, notes), ...entryFrom(resource[EXTENSION], notes) };
}

function dialectNotes({ dialect, encoding, format }: Json): Note[] {
  const csv: Json = isObject(dialect) && isObject(dialect['csv']) ? dialect['csv'] : isObject(dialect) ? dialect : {};
  const delimiter = csv['delimiter'];
  return [
    ...(delimiter !== undefined && delimiter !== ','
      ? [note('/schema', `the file separates its cells by ${JSON.stringify(delimiter)}: uploads have commas`)]
      : []),
    ...(typeof encoding === 'string' && !/^(utf-?8|gb18030|gbk|gb2312|ascii|us-ascii)$/i.test(encoding)
      ? [note('/schema', `the file is written in ${encoding}: uploads are UTF-8 or GB18030`)]
      : []),
    ...(typeof format === 'string' && !/^\.?(csv|xlsx|ndjson|jsonl|parquet|tsv)$/i.test(format)
      ? [note('/schema', `the file is ${format.replace(/^\./, '')}, which cannot be uploaded as it is`)]
      : []),
  ];
}
