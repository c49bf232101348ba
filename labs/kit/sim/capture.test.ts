import { expect } from "chai";
import { InProcessDriver } from "../driver";
import { RandomStream } from "../program";
import { Trace } from "../trace";
import { Bench } from "./fixture";
import { GOSSIP, Story } from "./story";
import type { CapturedWorld } from "./world";

interface Telling {
  readonly story: Story;
  readonly trace: Trace;
}

function telling(seed: number): Telling {
  const trace = new Trace();
  return { story: new Story(seed, new InProcessDriver(GOSSIP), [trace]), trace };
}

/** Plays up to some event in the middle of a chapter. */
function playTo({ story }: Telling, chapter: number, events: number): void {
  for (let at = 0; at < chapter; at++) {
    story.begin(at);
    story.world.runUntil((at + 1) * 50);
  }
  story.begin(chapter);
  let left = events;
  story.world.runUntil((chapter + 1) * 50, () => left-- === 0);
}

function end({ story, trace }: Telling, chapter: number): string {
  story.finish(chapter);
  return trace.digest();
}

describe("a captured world", () => {
  it("goes on to the same end, from any event, as often as it is restored, here or in a world built alike", () => {
    const draw = RandomStream.from(1);
    for (let seed = 0; seed < 12; seed++) {
      const chapter = draw.int(38);
      const one = telling(seed);
      playTo(one, chapter, draw.int(40));
      const captured = one.story.world.capture();
      const straight = end(one, chapter);
      const through = telling(seed);
      through.story.play();
      expect(straight, `seed ${seed}`).to.equal(through.trace.digest());
      one.story.world.restore(captured);
      expect(end(one, chapter), "restored").to.equal(straight);
      one.story.world.restore(captured);
      expect(end(one, chapter), "restored twice").to.equal(straight);
      const other = telling(seed);
      other.story.world.restore(captured);
      expect(end(other, chapter), "restored elsewhere").to.equal(straight);
      for (const { world } of [one.story, other.story]) {
        expect(world.traffic.total).to.deep.equal(through.story.world.traffic.total);
        expect(world.disk(0)).to.deep.equal(through.story.world.disk(0));
      }
    }
  });

  it("is untouched by what happens after it, in the world it came from or in another", () => {
    const one = telling(3);
    playTo(one, 20, 5);
    const captured = one.story.world.capture();
    const again = (): CapturedWorld => {
      const fresh = telling(3);
      fresh.story.world.restore(captured);
      return fresh.story.world.capture();
    };
    const before = again();
    end(one, 20);
    expect(again().state).to.deep.equal(before.state);
  });

  it("holds what is held, frozen, busy, on its way and still to crash", () => {
    const bench = new Bench({ puppets: [2], service: { perInput: 5, perKiB: 0, perSave: 0 } });
    const { world } = bench;
    bench.pass(20);
    world.hold({ to: 2 });
    bench.call(0, 2);
    bench.pass(20);
    const call = (n: number) => ({ kind: "call", to: 1, method: "ping", request: { n } }) as const;
    bench.do(0, call(1), call(2), call(3));
    bench.pass(8);
    world.freeze(1); // it is busy with the first, and the others wait
    bench.pass(20);
    world.crashAt({ server: 1, effect: "reply", nth: 2, when: "before", restartAfter: 3 });
    bench.do(0, { kind: "setTimer", name: "t", ms: 10 });
    const onward = (): unknown[] => {
      world.release();
      world.thaw(1);
      bench.pass(100);
      return [
        world.mailbox(2).length,
        world.life(1),
        bench.got(1, "request").length,
        bench.got(0, "reply").length,
        bench.got(0, "timer").length,
      ];
    };
    const captured = world.capture();
    const first = [onward(), bench.trace.digest()];
    expect(first[0]).to.deep.equal([1, 2, 2, 1, 1]);
    world.restore(captured);
    expect([world.heldMessages.length, world.isFrozen(1), world.pendingCrashPoints]).to.deep.equal([
      1,
      true,
      1,
    ]);
    expect([onward(), bench.trace.digest()]).to.deep.equal(first);
  });

  it("fits only a world that was built alike", () => {
    const { world } = new Bench();
    const captured = world.capture();
    expect(() => new Bench({ servers: 4 }).world.restore(captured)).to.throw(
      "fits only a world that was built alike",
    );
  });
});
