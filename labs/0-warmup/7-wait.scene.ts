import { scene } from "../kit/warmup";

scene("a caller waits until the count is large enough", { lab: 0, servers: 1 }, (c) => {
  c.answered(c.waitFor(0, 0), { count: 0 }); // nothing to wait for
  const [one, two, far] = [c.waitFor(0, 5), c.waitFor(0, 6), c.waitFor(0, 9)];
  c.answered(c.add(0, 4), { count: 4 });
  c.unanswered(one, two, far);
  c.answered(c.add(0, 2), { count: 6 });
  c.answered(one, { count: 6 });
  c.answered(two, { count: 6 });
  c.unanswered(far);
  c.answered(c.add(0, 3), { count: 9 });
  c.answered(far, { count: 9 });
});
