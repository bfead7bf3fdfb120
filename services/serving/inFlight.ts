/** Counts what is under way, so that what it uses is not taken away before it ends. */
export class InFlight {
  private count = 0;
  private waiting: (() => void)[] = [];

  /** Runs `work` and counts it meanwhile. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.count++;
    try {
      return await work();
    } finally {
      this.count--;
      if (this.count === 0) for (const resolve of this.waiting.splice(0)) resolve();
    }
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    if (this.count === 0) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
