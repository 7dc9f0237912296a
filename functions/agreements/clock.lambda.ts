import { departments } from '../../schemas/registry/departments.ts';
import { dynamoBreakingMarks, dynamoTicks } from '../adapters/dynamodb/agreements/clock.ts';
import { dynamoAgreements } from '../adapters/dynamodb/agreements/store.ts';
import { readLatestVersion, readResourceVersion } from '../adapters/dynamodb/catalog/resources.ts';
import { newestDatasetVersion } from '../adapters/dynamodb/datasets/store.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { clockHandler } from './clock.handler.ts';

const { hub, worker } = hubFunction('agreements-clock');
const table = hubTable();

export const handler = worker(
  clockHandler({
    agreements: dynamoAgreements(table),
    catalog: {
      latest: (id) => readLatestVersion(table, id),
      version: (id, version) => readResourceVersion(table, id, version),
    },
    inForce: { datasetOf: (id) => newestDatasetVersion(table, id) },
    ticks: dynamoTicks(table),
    breaking: dynamoBreakingMarks(table),
    closed: departments.flatMap(({ id, closed }) => (closed === undefined ? [] : [{ id, closed }])),
    ...hub,
  }),
);
