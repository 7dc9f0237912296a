import { systemClock, ulids } from '../adapters/clock.ts';
import { declaredCatalog } from '../adapters/declared-catalog.ts';
import { dynamoResources } from '../adapters/dynamodb/resources.ts';
import { hubTable } from '../adapters/dynamodb/table.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { definitionsHandler } from './definitions.handler.ts';

const { log, worker } = hubFunction('definitions');

export const handler = worker(
  definitionsHandler({
    resources: dynamoResources(hubTable()),
    clock: systemClock,
    ids: ulids,
    log,
    declared: declaredCatalog(),
  }),
);
