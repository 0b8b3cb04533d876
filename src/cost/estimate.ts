import type { EndpointHours, HourlyPrice } from '../model/plan.js';
import { counted, withCommas } from '../text/words.js';
import { HOURS_PER_MONTH } from './endpoint-hours.js';

/**
 * The monthly cost of interface endpoints as a sentence: the count alone where no price is known. Data that goes
 * through the endpoints is billed beside it and cannot be known. Undefined when no interface endpoint is in play.
 */
export function estimateText(hours: EndpointHours, price: HourlyPrice | undefined): string | undefined {
  const { addedZones, presentZones } = hours;
  if (addedZones + presentZones === 0) return undefined;
  const added =
    addedZones === 0
      ? 'No endpoint-hours are added'
      : `${unitsText(addedZones)} added: ${amountText(hours.addedHours, price)}`;
  const present =
    presentZones === 0
      ? ''
      : `; ${unitsText(presentZones)} present: ${amountText(hours.presentHours, price)}`;
  return `${added}${present}${price === undefined ? '' : ', data not counted'}.`;
}

function unitsText(zones: number): string {
  return `${counted(zones, 'endpoint-zone')} × ${HOURS_PER_MONTH} hours`;
}

function amountText(hours: number, price: HourlyPrice | undefined): string {
  const count = `${withCommas(String(hours))} endpoint-hours a month`;
  if (price === undefined) return count;
  return `${count}, about ${withCommas((hours * price.amount).toFixed(2))} ${price.currency}`;
}
