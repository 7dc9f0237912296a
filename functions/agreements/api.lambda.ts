import { serving } from '../adapters/api-function.ts';
import { dynamoOffers, readOffer } from '../adapters/dynamodb/agreements/offers.ts';
import { dynamoSchemes } from '../adapters/dynamodb/agreements/schemes.ts';
import { dynamoAgreements } from '../adapters/dynamodb/agreements/store.ts';
import { dynamoViews } from '../adapters/dynamodb/agreements/views.ts';
import { readLatestVersion, readResourceHead, readResourceVersion } from '../adapters/dynamodb/catalog/resources.ts';
import { newestDataset, newestDatasetVersion } from '../adapters/dynamodb/datasets/store.ts';
import { inheritedNow } from '../adapters/dynamodb/derive/lineage.ts';
import { isOpenOf } from '../adapters/dynamodb/demands/read.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { s3Client } from '../adapters/s3/client.ts';
import { s3DatasetReader } from '../adapters/s3/preview-datasets.ts';
import { agreementEndpoints } from './endpoints.ts';
import { offerEndpoints } from './offers/endpoints.ts';
import type { Ports } from './ports.ts';
import { schemeEndpoints } from './schemes/endpoints.ts';
import { viewEndpoints } from './views/endpoints.ts';
import type { Datasets } from './views/ports.ts';

const served = hubFunction('agreements-api');
const table = hubTable();
const ports: Ports = {
  agreements: dynamoAgreements(table),
  catalog: {
    latest: (id) => readLatestVersion(table, id),
    version: (id, version) => readResourceVersion(table, id, version),
    inherited: async (version, today) => (await inheritedNow(table, version, today)) ?? [],
    isRetired: async (id) => (await readResourceHead(table, id))?.retiredAt !== undefined,
  },
  inForce: { datasetOf: (id) => newestDatasetVersion(table, id) },
  demands: { isOpenOf: (id, department, resourceId) => isOpenOf(table, id, department, resourceId) },
  offers: { find: (id) => readOffer(table, id) },
  ...served.hub,
};
const views = dynamoViews(table);
const read = s3DatasetReader(s3Client(), env('HUB_DATASETS_BUCKET'));
const datasets: Datasets = { newest: (id) => newestDataset(table, id), read };
const endpoints = [
  ...agreementEndpoints(ports),
  ...viewEndpoints({ ...views, datasets, ...served.hub }),
  ...offerEndpoints({ offers: dynamoOffers(table), definitions: ports.catalog, ...served.hub }),
  ...schemeEndpoints({ ...ports, schemes: dynamoSchemes(table) }),
];

export const handler = serving(served, endpoints, table);
