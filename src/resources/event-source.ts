import type { Aws } from '../aws/call.js';
import type { EventSource } from '../model/versions.js';
import { compareText } from '../text/order.js';

/** `arn:aws:sqs:us-east-2:123456789012:orders` as `sqs orders`. */
function sourceText(arn: string | undefined): string {
  const [, , service, , , ...resource] = (arn ?? '').split(':');
  return service === undefined ? 'self-managed Kafka' : `${service} ${resource.join(':')}`;
}

/**
 * Reads the event source mappings of the region that name an alias or a version. They are listed as a whole: AWS does
 * not say whether the mappings of a function's name include those of its aliases (Lambda API, ListEventSourceMappings).
 */
export async function readEventSources(aws: Aws): Promise<EventSource[]> {
  const pages = await aws.pages('lambda:ListEventSourceMappings', {});
  return pages
    .flatMap((page) => page.EventSourceMappings ?? [])
    .flatMap(({ UUID: uuid = '', EventSourceArn, FunctionArn = '' }) => {
      const [functionName = '', qualifier] = FunctionArn.split(':').slice(6);
      if (qualifier === undefined || qualifier === '$LATEST') return [];
      return [{ uuid, source: sourceText(EventSourceArn), functionName, qualifier }];
    })
    .sort((one, other) => compareText(one.source, other.source) || compareText(one.uuid, other.uuid));
}
