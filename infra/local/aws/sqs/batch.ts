import { AwsRefusal } from '../front/refusal.ts';
import type { JsonCall } from '../front/server.ts';

const MAX_ENTRIES = 10;

export type Entry = Readonly<Record<string, unknown>> & { readonly Id: string };

/** The entries of a batch request. @throws AwsRefusal as SQS refuses a batch as a whole. */
export function entriesOf(input: JsonCall['input']): Entry[] {
  const entries = input['Entries'];
  if (!Array.isArray(entries) || entries.length === 0) {
    throw new AwsRefusal(400, 'EmptyBatchRequest', 'The batch request does not contain any entries.');
  }
  if (entries.length > MAX_ENTRIES) {
    throw new AwsRefusal(
      400,
      'TooManyEntriesInBatchRequest',
      'The batch request contains more entries than permissible.',
    );
  }
  const checked = entries.filter(isEntry);
  if (checked.length < entries.length) {
    const message = "The Id of a batch entry in a batch request doesn't abide by the specification.";
    throw new AwsRefusal(400, 'InvalidBatchEntryId', message);
  }
  if (new Set(checked.map(({ Id }) => Id)).size < checked.length) {
    throw new AwsRefusal(400, 'BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  return checked;
}

const isEntry = (entry: unknown): entry is Entry =>
  typeof entry === 'object' && entry !== null && 'Id' in entry && /^[A-Za-z0-9_-]{1,80}$/.test(String(entry.Id));

/** Does each entry on its own; one that is refused does not affect the others. */
export function eachEntry(entries: readonly Entry[], act: (entry: Entry) => object): object {
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof AwsRefusal)) throw error;
      Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
}
