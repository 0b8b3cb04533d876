import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing';

/**
 * Asks the Price List API with the configuration of the other clients. In dist/ this module is a file of its own,
 * which is read when a price is wanted; nothing of ours belongs here, because that would be there twice.
 */
export function getProducts(config: object, input: object, abortSignal: AbortSignal): Promise<object> {
  const client = new PricingClient(config);
  return client.send(new GetProductsCommand({ ServiceCode: 'AmazonVPC', ...input }), { abortSignal });
}
