import { systemClock, ulids } from '../adapters/clock.ts';
import { dynamoAnswers } from '../adapters/dynamodb/answers.ts';
import { dynamoCorrections } from '../adapters/dynamodb/corrections.ts';
import { dynamoDeliveries } from '../adapters/dynamodb/deliveries.ts';
import { dynamoFacts } from '../adapters/dynamodb/delivery-reads.ts';
import { dynamoExtracts } from '../adapters/dynamodb/extracts.ts';
import { hubTable } from '../adapters/dynamodb/table.ts';
import { env } from '../adapters/env.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { presigningClient } from '../adapters/s3/client.ts';
import { s3Extracts } from '../adapters/s3/extract-store.ts';
import { api } from '../kernel/http.ts';
import { deliveryEndpoints } from './endpoints.ts';

const { log, metrics, apiFunction } = hubFunction('delivery-api');
const table = hubTable();
const ports = {
  facts: dynamoFacts(table),
  deliveries: dynamoDeliveries(table),
  corrections: dynamoCorrections(table),
  extracts: dynamoExtracts(table),
  objects: s3Extracts(presigningClient(), env('HUB_DELIVERIES_BUCKET')),
  answers: dynamoAnswers(table),
  clock: systemClock,
  ids: ulids,
  log,
  metrics,
  zone: env('HUB_TIME_ZONE'),
  hub: { account: env('HUB_ACCOUNT'), stage: env('HUB_STAGE') },
};

export const handler = apiFunction(api(deliveryEndpoints(ports), ports));
