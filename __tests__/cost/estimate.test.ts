import { expect, it } from '@jest/globals';
import { type EndpointZones, endpointHours } from '../../src/cost/endpoint-hours.js';
import { estimateText } from '../../src/cost/estimate.js';

const added = (zones: number): EndpointZones => ({ type: 'Interface', present: 0, added: zones });
const present = (zones: number): EndpointZones => ({ type: 'Interface', present: zones, added: 0 });
const gateway: EndpointZones = { type: 'Gateway', present: 1, added: 2 };

it.each<[string, EndpointZones[], [number, number, number, number]]>([
  ['nothing', [], [0, 0, 0, 0]],
  ['two endpoints in three zones', [added(3), added(3)], [6, 0, 4_380, 0]],
  ['one of each', [added(1), present(2)], [1, 2, 730, 1_460]],
  ['one that is extended', [{ type: 'Interface', present: 2, added: 1 }], [1, 2, 730, 1_460]],
  ['gateways, which are free', [gateway], [0, 0, 0, 0]],
  ['a gateway beside an endpoint', [gateway, added(2)], [2, 0, 1_460, 0]],
])('%s', (_name, endpoints, [addedZones, presentZones, addedHours, presentHours]) => {
  expect(endpointHours(endpoints)).toEqual({ addedZones, presentZones, addedHours, presentHours });
});

const dollars = { amount: 0.01, currency: 'USD' };

it.each<[EndpointZones[], typeof dollars | undefined, string | undefined]>([
  [[], dollars, undefined],
  [[gateway], dollars, undefined],
  [[added(3), added(3)], undefined, '6 endpoint-zones × 730 hours added: 4,380 endpoint-hours a month.'],
  [
    [added(3), added(3)],
    dollars,
    '6 endpoint-zones × 730 hours added: 4,380 endpoint-hours a month, about 43.80 USD, data not counted.',
  ],
  [[added(1)], undefined, '1 endpoint-zone × 730 hours added: 730 endpoint-hours a month.'],
  [
    [present(2)],
    undefined,
    'No endpoint-hours are added; 2 endpoint-zones × 730 hours present: 1,460 endpoint-hours a month.',
  ],
  [
    [added(1), present(2)],
    { amount: 0.07, currency: 'CNY' },
    '1 endpoint-zone × 730 hours added: 730 endpoint-hours a month, about 51.10 CNY; ' +
      '2 endpoint-zones × 730 hours present: 1,460 endpoint-hours a month, about 102.20 CNY, data not counted.',
  ],
  [
    [added(2_000)],
    dollars,
    '2000 endpoint-zones × 730 hours added: 1,460,000 endpoint-hours a month, about 14,600.00 USD, data not counted.',
  ],
])('%j at %j', (endpoints, price, text) => {
  expect(estimateText(endpointHours(endpoints), price)).toBe(text);
});
