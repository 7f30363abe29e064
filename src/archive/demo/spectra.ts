/** Sentinel-2's bands in the order of its products, with centre wavelength (nm) and native pixel size (m). */
export const DEMO_BANDS = [
  { name: "B01", wavelength: 443, resolution: 60 },
  { name: "B02", wavelength: 492, resolution: 10 },
  { name: "B03", wavelength: 560, resolution: 10 },
  { name: "B04", wavelength: 665, resolution: 10 },
  { name: "B05", wavelength: 704, resolution: 20 },
  { name: "B06", wavelength: 741, resolution: 20 },
  { name: "B07", wavelength: 783, resolution: 20 },
  { name: "B08", wavelength: 833, resolution: 10 },
  { name: "B8A", wavelength: 865, resolution: 20 },
  { name: "B09", wavelength: 945, resolution: 60 },
  { name: "B10", wavelength: 1374, resolution: 60 },
  { name: "B11", wavelength: 1610, resolution: 20 },
  { name: "B12", wavelength: 2190, resolution: 20 },
] as const;

/**
 * Surface reflectance (0 to 1) of pure materials in the order of `DEMO_BANDS`. The values follow the
 * well-known shapes: chlorophyll's green peak, red edge and water absorption in leaves, the steady rise
 * of soils and sand with a clay dip at 2.2 µm, near-black water, flat minerals and roofs.
 */
export const MATERIALS = {
  //             B01   B02   B03   B04   B05   B06   B07   B08   B8A   B09   B10   B11   B12
  clearWater: [0.03, 0.032, 0.027, 0.016, 0.013, 0.01, 0.009, 0.008, 0.007, 0.006, 0.003, 0.004, 0.003],
  turbidWater: [0.042, 0.06, 0.084, 0.07, 0.06, 0.034, 0.031, 0.026, 0.022, 0.014, 0.004, 0.009, 0.006],
  bogWater: [0.026, 0.028, 0.034, 0.032, 0.034, 0.04, 0.043, 0.044, 0.043, 0.04, 0.01, 0.022, 0.013],
  broadleaf: [0.018, 0.022, 0.046, 0.025, 0.078, 0.232, 0.298, 0.318, 0.336, 0.338, 0.12, 0.152, 0.067],
  autumnLeaf: [0.026, 0.032, 0.058, 0.072, 0.118, 0.206, 0.25, 0.268, 0.284, 0.286, 0.12, 0.188, 0.096],
  conifer: [0.014, 0.017, 0.032, 0.02, 0.051, 0.15, 0.19, 0.206, 0.222, 0.226, 0.08, 0.098, 0.043],
  crop: [0.024, 0.031, 0.064, 0.036, 0.096, 0.315, 0.4, 0.425, 0.442, 0.44, 0.14, 0.188, 0.088],
  ripeCrop: [0.052, 0.068, 0.116, 0.142, 0.186, 0.222, 0.245, 0.264, 0.28, 0.288, 0.14, 0.342, 0.246],
  soil: [0.054, 0.065, 0.094, 0.124, 0.145, 0.16, 0.174, 0.188, 0.202, 0.21, 0.11, 0.276, 0.228],
  paleSoil: [0.078, 0.096, 0.14, 0.176, 0.196, 0.212, 0.226, 0.242, 0.256, 0.264, 0.14, 0.346, 0.288],
  grass: [0.028, 0.037, 0.073, 0.049, 0.11, 0.262, 0.318, 0.338, 0.354, 0.352, 0.12, 0.216, 0.11],
  dryGrass: [0.048, 0.062, 0.1, 0.112, 0.148, 0.204, 0.232, 0.252, 0.27, 0.276, 0.12, 0.306, 0.202],
  vine: [0.024, 0.033, 0.06, 0.044, 0.09, 0.226, 0.276, 0.296, 0.312, 0.312, 0.11, 0.188, 0.094],
  asphalt: [0.075, 0.084, 0.098, 0.108, 0.114, 0.12, 0.126, 0.132, 0.138, 0.142, 0.07, 0.158, 0.146],
  tileRoof: [0.07, 0.083, 0.112, 0.158, 0.198, 0.214, 0.226, 0.238, 0.25, 0.256, 0.12, 0.3, 0.274],
  greyRoof: [0.118, 0.132, 0.15, 0.164, 0.172, 0.18, 0.186, 0.192, 0.198, 0.202, 0.1, 0.218, 0.204],
  whiteRoof: [0.26, 0.29, 0.32, 0.338, 0.345, 0.35, 0.353, 0.356, 0.36, 0.36, 0.18, 0.336, 0.302],
  blueRoof: [0.16, 0.19, 0.186, 0.158, 0.152, 0.156, 0.168, 0.18, 0.188, 0.192, 0.1, 0.222, 0.202],
  drySand: [0.15, 0.186, 0.244, 0.288, 0.308, 0.322, 0.336, 0.35, 0.362, 0.366, 0.2, 0.43, 0.396],
  wetSand: [0.098, 0.118, 0.15, 0.172, 0.182, 0.187, 0.192, 0.196, 0.2, 0.2, 0.1, 0.176, 0.138],
  rock: [0.088, 0.1, 0.124, 0.144, 0.154, 0.164, 0.172, 0.18, 0.188, 0.192, 0.11, 0.22, 0.2],
  reed: [0.032, 0.042, 0.07, 0.064, 0.102, 0.182, 0.216, 0.232, 0.244, 0.242, 0.08, 0.146, 0.074],
  foam: [0.3, 0.32, 0.32, 0.31, 0.29, 0.27, 0.26, 0.25, 0.24, 0.22, 0.08, 0.09, 0.06],
} as const satisfies Record<string, readonly number[]>;

export type MaterialName = keyof typeof MATERIALS;

/** Material names in table order; a material's code is its position here. */
const MATERIAL_NAMES: readonly MaterialName[] = Object.freeze(Object.keys(MATERIALS) as MaterialName[]);

/** Code of each material: its row in `materialTable()`. */
export const MATERIAL: Readonly<Record<MaterialName, number>> = Object.freeze(
  Object.fromEntries(MATERIAL_NAMES.map((name, code) => [name, code])) as Record<MaterialName, number>,
);

/** Reflectance of every material in one band (position in `DEMO_BANDS`), indexed by material code. */
export function bandReflectances(band: number): Float32Array {
  return Float32Array.from(MATERIAL_NAMES, (name) => MATERIALS[name][band]!);
}
