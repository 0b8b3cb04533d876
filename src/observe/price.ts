import type { Aws } from '../aws/call.js';
import { endpointPrice, priceQuestion } from '../cost/price-list.js';
import type { HourlyPrice, Plan } from '../model/plan.js';
import type { Reading } from '../model/reading.js';
import type { AdviceReads } from './advice-reads.js';
import { attempt } from './reading.js';

/** Whether a price says something about a plan: it adds what is billed by the hour. */
export function isPriceDue({ cost }: Pick<Plan, 'cost'>, reads: AdviceReads): boolean {
  return reads === 'all' && cost.addedZones > 0;
}

async function ask(aws: Aws): Promise<HourlyPrice | undefined> {
  const question = priceQuestion(aws.region);
  if (question === undefined) return undefined;
  const pages = await aws.pages('pricing:GetProducts', { ...question });
  const products = pages.flatMap(({ PriceList = [] }) => PriceList.map(String));
  return endpointPrice(products, aws.region);
}

/** Reads what an interface endpoint costs in a zone for an hour; without permission or list there is no price. */
export function readPrice(aws: Aws): Promise<Reading<HourlyPrice | undefined>> {
  return attempt('pricing:GetProducts', '*', ask(aws));
}
