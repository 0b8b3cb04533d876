import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing';

/** Asks the Price List API, once, with the configuration of the other clients and its own region. */
export function getProducts(config: object, input: object, abortSignal: AbortSignal): Promise<object> {
  const client = new PricingClient(config);
  return client.send(new GetProductsCommand({ ServiceCode: 'AmazonVPC', ...input }), { abortSignal });
}
