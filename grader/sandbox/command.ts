import type { Order } from "../../labs/kit/border";
import type { Instances } from "../../labs/kit/subject/part";
import type { Parcel } from "./parcel";

/** What the judge asks of a sandbox, one at a time. */
export type Command =
  /** Take this program. Answered by null. */
  | { readonly kind: "subject"; readonly parcel: Parcel }
  /** Take these scenes. Answered by null. */
  | { readonly kind: "suite"; readonly code: string }
  /** Play a scene; answered by its transcript. */
  | {
      readonly kind: "play";
      readonly lab: number;
      readonly scene: string;
      readonly seed: number;
      readonly instances: Instances;
    }
  /** One input, or what belongs to it; see `Actor`. */
  | { readonly kind: "order"; readonly order: Order };
