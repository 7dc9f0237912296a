import { systemClock, ulids } from '../adapters/clock.ts';
import { dynamoAgreements } from '../adapters/dynamodb/agreements-store.ts';
import { dynamoAnswers } from '../adapters/dynamodb/answers.ts';
import { readLatestVersion } from '../adapters/dynamodb/resources.ts';
import { hubTable } from '../adapters/dynamodb/table.ts';
import { env } from '../adapters/env.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { api } from '../kernel/http.ts';
import { agreementEndpoints } from './endpoints.ts';

const { log, metrics, apiFunction } = hubFunction('agreements-api');
const table = hubTable();
const endpoints = agreementEndpoints({
  agreements: dynamoAgreements(table),
  catalog: { latest: (id) => readLatestVersion(table, id) },
  clock: systemClock,
  ids: ulids,
  timeZone: env('HUB_TIME_ZONE'),
});

export const handler = apiFunction(
  api(endpoints, {
    answers: dynamoAnswers(table),
    clock: systemClock,
    log,
    metrics,
    hub: { account: env('HUB_ACCOUNT'), stage: env('HUB_STAGE') },
  }),
);
