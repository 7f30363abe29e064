import type { EngineMath, Tensor } from "../backends/index.ts";
import { standardise } from "../encoders/band-scaling.ts";
import type { OpenEncoder } from "../encoders/encoder.ts";
import type { LossModule } from "../networks/loss-module.ts";
import type { Network } from "../networks/network.ts";
import { imageTensor } from "./batches.ts";
import { inferenceBatch } from "./infer.ts";
import type { PixelForm } from "./pixel-form.ts";

/** h(x) of some images and behind it, where there is a loss module, ŝ(x): rows × (features + 0 or 1), row-major. */
export function featureRows(
  tf: EngineMath,
  network: Network,
  lossModule: LossModule | null,
  images: readonly Float32Array[],
  form: PixelForm,
): Float32Array {
  const batch = imageTensor(tf, images, form, null);
  const { logits, features, taps } = network.infer(batch, { taps: lossModule !== null });
  const ranks = lossModule?.infer(taps) ?? null;
  const columns: Tensor[] = ranks ? [features, ranks] : [features];
  const joined = tf.concat(columns, 1);
  const values = joined.dataSync<"float32">();
  tf.dispose([batch, logits, features, ...taps, ranks ?? [], joined]);
  return values;
}

/** A trained network as an encoder: patch → h(x) and ŝ(x). The network stays the caller's. */
export function networkEncoder(
  tf: EngineMath,
  { network, lossModule }: { readonly network: Network; readonly lossModule: LossModule | null },
  form: PixelForm,
): OpenEncoder {
  return {
    batchSize: inferenceBatch(form.side),
    encode: (images) =>
      featureRows(
        tf,
        network,
        lossModule,
        images.map((image) => standardise(image, form.scaling)),
        form,
      ),
    dispose: () => {},
  };
}
