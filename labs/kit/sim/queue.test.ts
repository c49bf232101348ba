import { expect } from "chai";
import fc from "fast-check";
import { EventQueue, type Due } from "./queue";

const drain = (queue: EventQueue<Due>): Due[] => {
  const out: Due[] = [];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) out.push(next);
  return out;
};

describe("the event queue", () => {
  it("gives what is due first, and among equals what was scheduled first", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (times) => {
        const queue = new EventQueue<Due>();
        const items = times.map((at, order) => ({ at, order }));
        for (const item of items) queue.push(item);
        expect(queue.length).to.equal(items.length);
        expect(drain(queue)).to.deep.equal(items.sort((a, b) => a.at - b.at || a.order - b.order));
      }),
      { seed: 1 },
    );
  });

  it("stays in order while items come and go", () => {
    const step = fc.oneof(fc.nat(50), fc.constant("pop" as const));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const queue = new EventQueue<Due>();
        const model: Due[] = [];
        steps.forEach((at, order) => {
          if (at === "pop") {
            model.sort((a, b) => a.at - b.at || a.order - b.order);
            expect(queue.peek()).to.deep.equal(model[0]);
            expect(queue.pop()).to.deep.equal(model.shift());
          } else {
            queue.push({ at, order });
            model.push({ at, order });
          }
        });
      }),
      { seed: 1 },
    );
  });

  it("can be copied", () => {
    const queue = new EventQueue<Due>();
    for (const at of [3, 1, 2]) queue.push({ at, order: at });
    const copy = queue.clone();
    queue.pop();
    copy.push({ at: 0, order: 9 });
    expect(drain(queue).map(({ at }) => at)).to.deep.equal([2, 3]);
    expect(drain(copy).map(({ at }) => at)).to.deep.equal([0, 1, 2, 3]);
  });
});
