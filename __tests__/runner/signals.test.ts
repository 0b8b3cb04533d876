import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { listenForSignals } from '../../src/runner/signals.js';

describe('signals of the runner', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each(['SIGINT', 'SIGTERM'])('%s stops reads and waits at once, writes in flight after 4 s', (signal) => {
    const process = new EventEmitter();
    const { stop, giveUp } = listenForSignals(process);
    expect(stop.aborted).toBe(false);
    process.emit(signal);
    expect(stop.aborted).toBe(true);
    jest.advanceTimersByTime(3_999);
    expect(giveUp.aborted).toBe(false);
    jest.advanceTimersByTime(1);
    expect(giveUp.aborted).toBe(true);
  });

  it('a second signal does not give writes more time', () => {
    const process = new EventEmitter();
    const { giveUp } = listenForSignals(process);
    process.emit('SIGINT');
    jest.advanceTimersByTime(3_000);
    process.emit('SIGTERM');
    jest.advanceTimersByTime(1_000);
    expect(giveUp.aborted).toBe(true);
  });
});
