import { expect, it } from '@jest/globals';
import { partitionOfRegion } from '../../src/aws/partitions.js';
import { endpointPrice, priceQuestion } from '../../src/cost/price-list.js';
import { product } from './price-lists.js';

const bytes = product({ usageType: 'USE2-VpcEndpoint-Bytes', unit: 'GB' });
const cent = { amount: 0.01, currency: 'USD' };

it.each([
  ['one product', [product()], cent],
  ['bytes beside it', [bytes, product()], cent],
  [
    'other endpoints beside it',
    [product({ usageType: 'USE2-VpcEndpoint-Service-Hours', price: { USD: '1' } }), product()],
    cent,
  ],
  [
    'load-balancer endpoints beside it',
    [product({ usageType: 'USE2-VpcEndpoint-GWLBE-Hours', price: { USD: '1' } }), product()],
    cent,
  ],
  ['a usage type without prefix', [product({ usageType: 'VpcEndpoint-Hours' })], cent],
  ['the same price twice', [product(), product()], cent],
  ['tiers, of which the first counts', [product({ tiers: [['1000', '0.005']] })], cent],
  ['another region beside it', [product({ region: 'eu-west-1', price: { USD: '0.011' } }), product()], cent],
  ['another currency', [product({ price: { CNY: '0.0700000000' } })], { amount: 0.07, currency: 'CNY' }],
  ['broken text beside it', ['{', product()], cent],
  ['nothing', [], undefined],
  ['bytes alone', [bytes], undefined],
  ['another region alone', [product({ region: 'eu-west-1' })], undefined],
  ['two prices', [product(), product({ price: { USD: '0.02' } })], undefined],
  ['another unit', [product({ unit: 'GB' })], undefined],
  ['no price', [product({ price: {} })], undefined],
  ['a price of nothing', [product({ price: { USD: '0.0000000000' } })], undefined],
  ['a price that is no number', [product({ price: { USD: 'free' } })], undefined],
])('the price in an answer with %s', (_name, list, price) => {
  expect(endpointPrice(list, 'us-east-2')).toEqual(price);
});

it.each([
  'null',
  '1',
  '"x"',
  '[]',
  '{}',
  '{"product":null}',
  '{"product":{"attributes":[]}}',
  '{"terms":{"OnDemand":7}}',
])('an entry of %s has no price', (text) => {
  expect(endpointPrice([text], 'us-east-2')).toBeUndefined();
});

it.each(['product', 'terms', 'OnDemand', 'priceDimensions', 'pricePerUnit', 'regionCode', 'usagetype'])(
  'an entry without %s has no price',
  (member) => {
    expect(endpointPrice([product().replace(`"${member}"`, '"else"')], 'us-east-2')).toBeUndefined();
  },
);

it.each([
  ['us-east-2', 'us-east-1'],
  ['af-south-1', 'us-east-1'],
  ['cn-north-1', 'cn-northwest-1'],
  ['eusc-de-east-1', 'eusc-de-east-1'],
])('prices of %s are asked for in %s', (region, listRegion) => {
  expect(partitionOfRegion(region).priceListRegions[0]).toBe(listRegion);
  expect(priceQuestion(region)).toEqual({
    ServiceCode: 'AmazonVPC',
    FormatVersion: 'aws_v1',
    Filters: [
      { Type: 'TERM_MATCH', Field: 'productFamily', Value: 'VpcEndpoint' },
      { Type: 'TERM_MATCH', Field: 'regionCode', Value: region },
    ],
  });
});

it('GovCloud has no Price List API', () => {
  expect(priceQuestion('us-gov-west-1')).toBeUndefined();
});
