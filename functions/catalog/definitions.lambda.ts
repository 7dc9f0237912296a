import { departments } from '../../schemas/registry/departments.ts';
import { declaredCatalog } from '../adapters/declared-catalog.ts';
import { dynamoResourceAgreements } from '../adapters/dynamodb/catalog/agreements.ts';
import { dynamoResources } from '../adapters/dynamodb/catalog/resources.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { definitionsHandler } from './publish/definitions.handler.ts';

const { hub, worker } = hubFunction('definitions');
const table = hubTable();

export const handler = worker(
  definitionsHandler({
    resources: dynamoResources(table),
    agreements: dynamoResourceAgreements(table),
    ...hub,
    declared: declaredCatalog(),
    departments,
  }),
);
