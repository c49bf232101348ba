/**
 * A child process of the runner: plays what it is told and says how it went. Started by {@link Worker}.
 *
 * @module
 */
import { loadSubject } from "../kit/subject/load";
import { obeyParent } from "./obey";
import { performHere } from "./perform";

obeyParent(performHere(loadSubject));
