export { Puppet, type Responder } from "../scene";
