import { z } from 'zod';
import { PolicyDocument } from '../../policy/document.ts';
import { allowed, TAGS } from './allowed.ts';

export const restApi = allowed(
  z.strictObject({
    Name: z.string().optional(),
    Body: z.record(z.string(), z.json()).optional(),
    Policy: PolicyDocument.optional(),
    FailOnWarnings: z.boolean().optional(),
  }),
  {
    ...TAGS,
    EndpointConfiguration: 'the local hub listens on 127.0.0.1 only',
    SecurityPolicy: 'the local hub speaks no TLS',
    EndpointAccessMode: 'the local hub has the one address',
    Description: 'for people',
    DisableExecuteApiEndpoint: 'the local hub has the one address',
    MinimumCompressionSize: 'answers are not compressed locally',
    Parameters: 'they steer the import of the definition',
    ApiKeySourceType: 'there are no API keys',
    Mode: 'the definition is all that there is',
  },
);

export const deployment = allowed(z.strictObject({ RestApiId: z.string() }), {
  Description: 'for people',
  StageName: 'the stage says it',
});

export const stage = allowed(
  z.strictObject({ RestApiId: z.string(), StageName: z.string(), DeploymentId: z.string().optional() }),
  {
    ...TAGS,
    AccessLogSetting: 'every function logs its requests',
    MethodSettings: 'there is no CloudWatch, and no throttling of one machine',
    TracingEnabled: 'there is no X-Ray',
    Description: 'for people',
  },
);

export const gatewayResponse = allowed(
  z.strictObject({
    RestApiId: z.string(),
    ResponseType: z.string(),
    StatusCode: z.coerce.number().int().optional(),
    ResponseParameters: z.record(z.string(), z.string()).default({}),
    ResponseTemplates: z.record(z.string(), z.string()).default({}),
  }),
);
