import { SQSClient } from '@aws-sdk/client-sqs';
import { patience } from '../patience.ts';

export const sqsClient = (): SQSClient => new SQSClient(patience());
