import { authorities } from '../../schemas/registry/authorities.ts';
import { serving } from '../adapters/api-function.ts';
import { dynamoDutyFacts } from '../adapters/dynamodb/duties/facts.ts';
import { dynamoOwings } from '../adapters/dynamodb/duties/owings.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { dutyEndpoints } from './endpoints.ts';

const served = hubFunction('duties-api');
const table = hubTable();
const endpoints = dutyEndpoints({
  facts: dynamoDutyFacts(table),
  owings: dynamoOwings(table),
  ...served.hub,
  authorities,
});

export const handler = serving(served, endpoints, table);
