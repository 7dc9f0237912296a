import { serving } from '../adapters/api-function.ts';
import { dynamoDemandCatalog } from '../adapters/dynamodb/demands/catalog.ts';
import { dynamoSharing } from '../adapters/dynamodb/demands/sharing.ts';
import { dynamoDemands } from '../adapters/dynamodb/demands/store.ts';
import { dynamoThemes } from '../adapters/dynamodb/demands/themes.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { demandEndpoints } from './endpoints.ts';

const served = hubFunction('demands-api');
const table = hubTable();
const endpoints = demandEndpoints({
  themes: dynamoThemes(table),
  demands: dynamoDemands(table),
  sharing: dynamoSharing(table),
  catalog: dynamoDemandCatalog(table),
  ...served.hub,
});

export const handler = serving(served, endpoints, table);
