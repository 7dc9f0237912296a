import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { checkRecords } from '../../../../functions/records/index.ts';
import type { InputInUse } from '../../../../functions/reading/derivation/rights.ts';
import type { TableSchema } from '../../../../schemas/contracts/definition.ts';
import { download } from '../../../node/consumer.ts';
import type { HubClient } from '../../../protocol/hub-client.ts';
import { routes } from '../../../protocol/routes.ts';
import { Failure } from '../../terminal/failure.ts';
import { FileSink, nowhere } from '../../upload/checking/sinks.ts';
import { kindOf } from '../../upload/checking/file-kind.ts';

/** Records of an input as the hub would have them: a dataset. */
export interface InputData {
  readonly rows: number;
  readonly rejected: number;
  readonly schema: TableSchema;
  readonly columns: readonly string[];
  readonly input: AsyncIterable<Uint8Array>;
}

/** Reads a file as one of the resource, or as what an agreement delivers of it. */
export async function inputData(name: string, input: InputInUse, file: string, folder: string): Promise<InputData> {
  const schema = schemaOf(input);
  const kind = await kindOf(file, { content: 'snapshot', format: 'auto', encoding: 'utf-8', mended: false });
  const sink = new FileSink(join(folder, `${name}.csv`));
  const found = await checkRecords(createReadStream(file), { schema, ...kind }, { accepted: sink, report: nowhere });
  if (found.verdict === 'refused')
    throw new Failure({ what: `${file} is no file of records: ${found.refusal.code}.`, next: [], code: 'refused' });
  const dataset = await sink.finish(true);
  const { rows, columns } = found;
  return {
    rows: rows.accepted,
    rejected: rows.rejected,
    schema,
    columns,
    input: createReadStream(dataset ?? ''),
  };
}

/** Of what is delivered masks have made texts, and no rule of the register holds of a part of it. */
function schemaOf({ version, right }: InputInUse): TableSchema {
  const { schema } = version.definition;
  if (right.kind === 'own') return schema;
  const { fields, mask } = right.grant.terms;
  return {
    ...schema,
    primaryKey: undefined,
    uniqueKeys: undefined,
    fields: fields.flatMap((name) => {
      const field = schema.fields.find((one) => one.name === name);
      if (!field) return [];
      const { constraints: _rules, check: _check, ...plain } = field;
      return [Object.hasOwn(mask, name) ? { name, type: 'string' as const, sensitivity: field.sensitivity } : plain];
    }),
  };
}

/** Where no file is named: the newest that an agreement delivered, which the hub is asked for. */
export async function delivered(client: HubClient, name: string, input: InputInUse, folder: string): Promise<string> {
  const { right } = input;
  if (right.kind === 'own') throw noData(name, 'it is your own resource');
  for await (const delivery of client.list(routes.listDeliveries, { query: {} })) {
    if (delivery.agreementId !== right.grant.agreementId || delivery.content !== 'snapshot') continue;
    const file = join(folder, `${name}.delivery`);
    await download(client, delivery.deliveryId, file);
    return file;
  }
  throw noData(name, 'nothing whole was delivered of it');
}

const noData = (name: string, why: string): Failure =>
  new Failure({
    what: `There are no records for the input ${name}: ${why}.`,
    next: [`Add --input ${name}=FILE.`],
    code: 'no-records',
  });
