import { serving } from '../adapters/api-function.ts';
import { derivationJudge } from '../adapters/derivation-judge.ts';
import { dynamoResourceAgreements } from '../adapters/dynamodb/catalog/agreements.ts';
import { dynamoResources } from '../adapters/dynamodb/catalog/resources.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { catalogEndpoints } from './endpoints.ts';

const served = hubFunction('catalog-api');
const table = hubTable();
const endpoints = catalogEndpoints({
  resources: dynamoResources(table),
  agreements: dynamoResourceAgreements(table),
  derivations: derivationJudge(table, served.hub),
  ...served.hub,
  mailboxUrl: (department) => env('HUB_MAILBOX_URL_PREFIX') + department,
});

export const handler = serving(served, endpoints, table);
