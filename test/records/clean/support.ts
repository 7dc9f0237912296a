import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  applyPlan,
  changesNothing,
  columnsSay,
  diagnose,
  isUnchanged,
  layoutSays,
  rowsSay,
  withMessyFile,
} from '../../../functions/records/index.ts';
import type { Applied, Diagnosis, Question } from '../../../functions/records/index.ts';
import type { Refused } from '../../../functions/records/clean/refused.ts';
import { TableSchema } from '../../../schemas/contracts/definition.ts';
import { Collected, inChunks } from '../support.ts';

export const LEGAL_ENTITIES: TableSchema = TableSchema.parse(
  (
    JSON.parse(readFileSync(join(import.meta.dirname, '../../../schemas/catalog/legal-entities.json'), 'utf8')) as {
      schema: unknown;
    }
  ).schema,
);

export interface CleanOutcome {
  readonly diagnosis: Diagnosis;
  readonly applied: Applied;
  readonly text: string;
  readonly isUnchanged: boolean;
  readonly isRight: boolean;
  /** What is said of it, in English. */
  readonly says: string[];
}

export type Outcome = CleanOutcome | Refused | { readonly questions: readonly Question[] };

/** What `hub clean` does to a file, without the client. */
export function cleaned(
  bytes: Uint8Array | string,
  schema: TableSchema,
  answers: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return withMessyFile<Outcome>(
    () => inChunks(Buffer.from(bytes), 1000),
    async (file) => {
      const diagnosis = await diagnose(file, schema, new Map(Object.entries(answers)));
      if (!('plan' in diagnosis)) return diagnosis;
      const sink = new Collected();
      const applied = await applyPlan(file, diagnosis, { schema, changes: 100 }, async (chunk) => sink.write(chunk));
      const says = [...layoutSays(diagnosis.layout), ...columnsSay(diagnosis), ...rowsSay(applied, diagnosis)].map(
        ({ en }) => en,
      );
      return {
        diagnosis,
        applied,
        text: sink.text,
        isUnchanged: isUnchanged(diagnosis, applied),
        isRight: changesNothing(diagnosis, applied),
        says,
      };
    },
  );
}
