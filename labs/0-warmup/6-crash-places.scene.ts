import { scene } from "../kit/warmup";

const PLACES = [
  { effect: "save", when: "before", kept: false },
  { effect: "save", when: "after", kept: true },
  { effect: "reply", when: "before", kept: true },
  { effect: "reply", when: "after", kept: true },
] as const;

scene("a crash in the middle of an addition keeps all of it or nothing", { lab: 0, servers: 1 }, (c) => {
  let count = 1;
  c.answered(c.add(0, 1), { count });
  for (const { effect, when, kept } of PLACES) {
    c.crashAt({ server: 0, effect, when, nth: 1 });
    c.add(0, 10);
    c.crashed(0);
    c.restart(0);
    count += kept ? 11 : 1;
    c.answered(c.add(0, 1), { count });
  }
});
