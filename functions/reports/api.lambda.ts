import { departments } from '../../schemas/registry/departments.ts';
import { serving } from '../adapters/api-function.ts';
import { dynamoAnswers } from '../adapters/dynamodb/reports/answers.ts';
import { dynamoBenefits } from '../adapters/dynamodb/reports/benefits.ts';
import { dynamoCounters } from '../adapters/dynamodb/reports/counters.ts';
import { dynamoReportedAgreements, dynamoReportedCatalog } from '../adapters/dynamodb/reports/reads.ts';
import { dynamoUses } from '../adapters/dynamodb/reports/usage.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { reportEndpoints } from './endpoints.ts';

const served = hubFunction('reports-api');
const table = hubTable();
const endpoints = reportEndpoints({
  counters: dynamoCounters(table),
  uses: dynamoUses(table),
  agreements: dynamoReportedAgreements(table),
  catalog: dynamoReportedCatalog(table),
  benefits: dynamoBenefits(table),
  answers: dynamoAnswers(table),
  departments: departments.filter(({ roles }) => roles.includes('department')).length,
  ...served.hub,
});

export const handler = serving(served, endpoints, table);
