/** What goes wrong with some requests. */
export interface Fault {
  readonly method: string;
  /** Of the path without the query; every one when left out. */
  readonly path?: RegExp;
  /** Answered instead; undefined: the connection is cut. */
  readonly status: number | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
  /** Requests that it meets; all when left out. */
  readonly times?: number;
  /** Whether GitHub does what was asked before the answer is lost. */
  readonly isDone?: boolean;
}

/** Faults in the order in which they were set, each as often as it may happen. */
export class Faults {
  private readonly set: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.set.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  take(method: string, path: string): Fault | undefined {
    const found = this.set.find(
      ({ fault, left }) => left > 0 && fault.method === method && (fault.path?.test(path) ?? true),
    );
    if (found) found.left -= 1;
    return found?.fault;
  }
}

/** Lets requests wait for each other, so that all of them see the same state. */
export class Gate {
  private waiting: (() => void)[] = [];
  private count = 0;
  private matches: (method: string, path: string) => boolean = () => false;
  private reached: () => void = () => undefined;

  /** The next `count` requests of that kind go on together; resolves when the first of them waits. */
  hold(count: number, method: string, path: RegExp): Promise<void> {
    this.count = count;
    this.matches = (asked, where) => asked === method && path.test(where);
    return new Promise((resolve) => {
      this.reached = resolve;
    });
  }

  async pass(method: string, path: string): Promise<void> {
    if (this.count === 0 || !this.matches(method, path)) return;
    this.reached();
    await new Promise<void>((resolve) => {
      this.waiting.push(resolve);
      if (this.waiting.length < this.count) return;
      this.count = 0;
      for (const go of this.waiting.splice(0)) go();
    });
  }
}
