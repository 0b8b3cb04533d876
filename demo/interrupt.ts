/** Ctrl-C and its like: the first ends the demo in order, the second at once. */
export class Interrupt {
  happened = false;
  /** Resolves when the demo is interrupted. */
  readonly when: Promise<void>;

  constructor() {
    this.when = new Promise((resolve) => {
      const stop = (): void => {
        if (this.happened) process.exit(130);
        this.happened = true;
        resolve();
      };
      process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
    });
  }
}
