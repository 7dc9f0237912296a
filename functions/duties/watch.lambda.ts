import { authorities } from '../../schemas/registry/authorities.ts';
import { dynamoDutyFacts } from '../adapters/dynamodb/duties/facts.ts';
import { dynamoOwings } from '../adapters/dynamodb/duties/owings.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { watchHandler } from './watch.handler.ts';

const { hub, worker } = hubFunction('duties-watch');
const table = hubTable();

export const handler = worker(
  watchHandler({
    facts: dynamoDutyFacts(table),
    owings: dynamoOwings(table),
    ...hub,
    authorities,
  }),
);
