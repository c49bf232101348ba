import type { ServerId } from "@labs/kit";

/** How long a replica may be silent before others are asked as well, and it is asked again (ms). */
const SILENCE_MS = 60;

/** Asks replicas until enough have answered: first as many as are needed, then all of them. */
export class Phase<Answer> {
  readonly answers = new Map<ServerId, Answer>();
  private nextAt = 0;
  private isFirst = true;

  /**
   * @param order - the replicas, those to begin with first
   * @param needed - how many of them have to answer
   */
  constructor(
    private readonly order: readonly ServerId[],
    private readonly needed: number,
  ) {}

  /** Whom to ask now. */
  due(now: number): readonly ServerId[] {
    if (this.isOver || now < this.nextAt) return [];
    const silent = this.order.filter((id) => !this.answers.has(id));
    const asked = this.isFirst ? silent.slice(0, this.needed - this.answers.size) : silent;
    this.isFirst = false;
    this.nextAt = now + SILENCE_MS;
    return asked;
  }

  get isOver(): boolean {
    return this.answers.size >= this.needed;
  }
}
