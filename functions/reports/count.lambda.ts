import { dynamoCounters } from '../adapters/dynamodb/reports/counters.ts';
import { dynamoReportedCatalog } from '../adapters/dynamodb/reports/reads.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { countHandler } from './count.handler.ts';

const { hub, worker } = hubFunction('reports-count');
const table = hubTable();

export const handler = worker(
  countHandler({
    counters: dynamoCounters(table),
    catalog: dynamoReportedCatalog(table),
    ...hub,
  }),
);
