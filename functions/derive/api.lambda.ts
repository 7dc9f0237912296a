import { serving } from '../adapters/api-function.ts';
import { withParser } from '../adapters/duckdb/parser.ts';
import { dynamoDerivations, dynamoDeriveReads } from '../adapters/dynamodb/derive/store.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { deriveEndpoints } from './endpoints.ts';

const served = hubFunction('derive-api');
const table = hubTable();
const endpoints = deriveEndpoints({
  ...served.hub,
  facts: dynamoDeriveReads(table),
  derivations: dynamoDerivations(table),
  withParser,
});

export const handler = serving(served, endpoints, table);
