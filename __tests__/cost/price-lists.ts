/** What differs between the products of a Price List answer. */
export interface ProductOptions {
  readonly usageType?: string;
  readonly region?: string;
  readonly unit?: string;
  readonly price?: Readonly<Record<string, string>>;
  /** Further tiers: where each begins, and its price in USD. */
  readonly tiers?: readonly (readonly [string, string])[];
}

/**
 * One entry of `PriceList`. Not recorded: made in the shape of the GetProducts example that the AWS SDKs carry, with
 * the attributes that other tools read of endpoint products (`productFamily` VpcEndpoint, `regionCode`, unit `Hrs`).
 */
export function product(options: ProductOptions = {}): string {
  const { usageType = 'USE2-VpcEndpoint-Hours', region = 'us-east-2', unit = 'Hrs' } = options;
  const tiers = [['0', options.price ?? { USD: '0.0100000000' }] as const].concat(
    (options.tiers ?? []).map(([begin, USD]) => [begin as '0', { USD }] as const),
  );
  const priceDimensions = Object.fromEntries(
    tiers.map(([beginRange, pricePerUnit], index) => [
      `SKU1.TERM1.RATE${index}`,
      {
        unit,
        endRange: 'Inf',
        description: 'per VPC Endpoint Hour',
        appliesTo: [],
        rateCode: `SKU1.TERM1.RATE${index}`,
        beginRange,
        pricePerUnit,
      },
    ]),
  );
  return JSON.stringify({
    product: {
      productFamily: 'VpcEndpoint',
      attributes: {
        servicecode: 'AmazonVPC',
        usagetype: usageType,
        locationType: 'AWS Region',
        regionCode: region,
        operation: 'VpcEndpoint',
      },
      sku: 'SKU1',
    },
    serviceCode: 'AmazonVPC',
    terms: {
      OnDemand: {
        'SKU1.TERM1': {
          priceDimensions,
          sku: 'SKU1',
          effectiveDate: '2026-01-01T00:00:00Z',
          offerTermCode: 'TERM1',
          termAttributes: {},
        },
      },
    },
    version: '20260101000000',
    publicationDate: '2026-01-01T00:00:00Z',
  });
}
