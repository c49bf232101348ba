import { scene } from "../kit/warmup";

scene("a crash forgets who was waiting, and callers ask again", { lab: 0, servers: 1 }, (c) => {
  const lost = c.waitFor(0, 3);
  c.unanswered(lost);
  c.answered(c.add(0, 1), { count: 1 });
  c.crash(0);
  c.restart(0);
  const patient = c.waitFor(0, 9);
  c.unanswered(patient);
  c.answered(c.add(0, 4), { count: 5 });
  c.unanswered(lost, patient);
  c.answered(c.waitFor(0, 3), { count: 5 }); // the first caller asks again
  c.answered(c.add(0, 4), { count: 9 });
  c.answered(patient, { count: 9 });
});
