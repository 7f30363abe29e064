import { expect, it } from "vitest";
import { fitKernelRidge } from "../../../src/engine/heads/kernel-ridge.ts";
import { kernelMatrix } from "../../../src/engine/neighbours/kernel.ts";
import { tf, vectorsOf } from "../fixture.ts";

// Computed with NumPy (coefficients) and five scikit-learn KernelRidge fits that each leave a row out.
const points = vectorsOf([
  [-0.81, -0.03],
  [0.88, -0.58],
  [-0.11, 0.11],
  [0.06, -1.23],
  [0.08, 1.36],
]);
const targets = Float64Array.of(1, 0, 0, 1, 1, 1, 0, 0, 1, 0);
const coefficients = [
  0.5968196, -0.86825177, -0.16524587, 0.75269522, 0.40495788, 1.47094208, -0.16941873, -0.539779, 0.70375942,
  -0.3629783,
];
const leftOut = [
  0.63557322, 0.53016724, 0.13151731, 0.40093843, 0.79492731, 0.25510758, 0.14515994, 0.46248892, 0.31195477,
  0.35487338,
];

it("agrees with NumPy and with really leaving each row out", () => {
  const kernel = kernelMatrix(tf, points, points, "gaussian", 1.5);
  const fitted = fitKernelRidge(kernel, targets, 5, 2, 0.1);
  coefficients.forEach((value, i) => void expect(fitted.coefficients[i]).toBeCloseTo(value, 5));
  leftOut.forEach((value, i) => void expect(fitted.leaveOneOut[i]).toBeCloseTo(value, 5));
});
