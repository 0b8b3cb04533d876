import { partitionOfRegion } from '../aws/partitions.js';
import type { HourlyPrice } from '../model/plan.js';
import { parseJson } from '../text/json.js';

/** What the Price List API is asked. */
export interface PriceQuestion {
  readonly ServiceCode: 'AmazonVPC';
  readonly FormatVersion: 'aws_v1';
  readonly Filters: { readonly Type: 'TERM_MATCH'; readonly Field: string; readonly Value: string }[];
}

/**
 * The `pricing:GetProducts` request for the prices of VPC endpoints in a region. Undefined where the partition has no
 * Price List API. The usage type carries a prefix of the region's that cannot be derived, so it is picked from the answer.
 */
export function priceQuestion(region: string): PriceQuestion | undefined {
  if (partitionOfRegion(region).priceListRegions.length === 0) return undefined;
  const filter = (Field: string, Value: string) => ({ Type: 'TERM_MATCH', Field, Value }) as const;
  return {
    ServiceCode: 'AmazonVPC',
    FormatVersion: 'aws_v1',
    Filters: [filter('productFamily', 'VpcEndpoint'), filter('regionCode', region)],
  };
}

/** Interface endpoints alone: not endpoint services, not load balancers, and none of their bytes. */
const USAGE_TYPE = /^(?:[A-Z0-9]+-)?VpcEndpoint-Hours$/;

/**
 * Price of an interface endpoint by the hour from the `PriceList` of a GetProducts answer: a list of texts, each
 * the JSON of one product with its terms (AWS Billing API Reference, GetProducts; examples of the AWS SDKs). The
 * first tier counts. Undefined when no product fits, prices differ, or nothing can be read; never throws.
 */
export function endpointPrice(priceList: readonly string[], region: string): HourlyPrice | undefined {
  const prices = priceList
    .map(parseJson)
    .filter((product) => isEndpointHour(product, region))
    .flatMap(hourlyPrices);
  const [first] = prices;
  const agreed = prices.every(
    ({ amount, currency }) => amount === first?.amount && currency === first.currency,
  );
  return agreed ? first : undefined;
}

/** A member of a parsed value; undefined wherever the path leads to nothing. */
function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => members(inner).get(key), value);
}

function members(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function isEndpointHour(product: unknown, region: string): boolean {
  const usageType = at(product, 'product', 'attributes', 'usagetype');
  const regionCode = at(product, 'product', 'attributes', 'regionCode');
  return typeof usageType === 'string' && USAGE_TYPE.test(usageType) && regionCode === region;
}

function hourlyPrices(product: unknown): HourlyPrice[] {
  const terms = [...members(at(product, 'terms', 'OnDemand')).values()];
  const dimensions = terms.flatMap((term) => [...members(at(term, 'priceDimensions')).values()]);
  return dimensions
    .filter((dimension) => at(dimension, 'unit') === 'Hrs' && isFirstTier(dimension))
    .flatMap((dimension) => [...members(at(dimension, 'pricePerUnit'))])
    .map(([currency, amount]) => ({ currency, amount: Number(amount) }))
    .filter(({ amount }) => Number.isFinite(amount) && amount > 0);
}

function isFirstTier(dimension: unknown): boolean {
  return Number(at(dimension, 'beginRange') ?? 0) === 0;
}
