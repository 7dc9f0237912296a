import { authorities } from '../../schemas/registry/authorities.ts';
import { systemClock } from '../adapters/clock.ts';
import { dynamoAnswers } from '../adapters/dynamodb/answers.ts';
import { dynamoDutyFacts } from '../adapters/dynamodb/duties-facts.ts';
import { dynamoOwings } from '../adapters/dynamodb/duties.ts';
import { hubTable } from '../adapters/dynamodb/table.ts';
import { env } from '../adapters/env.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { api } from '../kernel/http.ts';
import { dutyEndpoints } from './endpoints.ts';

const { log, metrics, apiFunction } = hubFunction('duties-api');
const table = hubTable();
const endpoints = dutyEndpoints({
  facts: dynamoDutyFacts(table),
  owings: dynamoOwings(table),
  clock: systemClock,
  authorities,
  zone: env('HUB_TIME_ZONE'),
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
