import { dynamoResourceAgreements } from '../adapters/dynamodb/catalog/agreements.ts';
import { dynamoMarks } from '../adapters/dynamodb/catalog/marks.ts';
import { dynamoResources } from '../adapters/dynamodb/catalog/resources.ts';
import { endedWithSource } from '../adapters/dynamodb/derive/store.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { spreadHandler } from './spread.handler.ts';

const { hub, worker } = hubFunction('catalog-spread');
const table = hubTable();

export const handler = worker(
  spreadHandler({
    resources: dynamoResources(table),
    agreements: dynamoResourceAgreements(table),
    marks: dynamoMarks(table),
    derivations: { endedWithSource: (id) => endedWithSource(table, id) },
    ...hub,
  }),
);
