import type { Scene } from "../shared/domain/imagery.ts";
import { GEOGRAPHIC_DATUMS, LOCAL_DATUMS, MODERN_DATUM, WGS84_DATUM } from "./datums.ts";

/** UTM zones of one datum: codes are `base + zone`. */
interface UtmFamily {
  readonly base: number;
  readonly zones: readonly [first: number, last: number];
  readonly south: boolean;
  readonly datum: string;
}

const WGS84 = WGS84_DATUM;
const MODERN = MODERN_DATUM;
const { dhdn: DHDN, mgi: MGI, swiss: SWISS } = LOCAL_DATUMS;

const UTM_FAMILIES: readonly UtmFamily[] = [
  { base: 32600, zones: [1, 60], south: false, datum: WGS84 },
  { base: 32700, zones: [1, 60], south: true, datum: WGS84 },
  { base: 25800, zones: [28, 38], south: false, datum: MODERN },
  { base: 26900, zones: [1, 23], south: false, datum: MODERN },
  { base: 28300, zones: [46, 59], south: true, datum: MODERN },
  { base: 7800, zones: [46, 59], south: true, datum: MODERN },
  { base: 31960, zones: [17, 25], south: true, datum: MODERN },
  { base: 6637, zones: [51, 55], south: false, datum: MODERN },
  { base: 26700, zones: [1, 22], south: false, datum: LOCAL_DATUMS.nad27 },
  { base: 23000, zones: [28, 38], south: false, datum: LOCAL_DATUMS.ed50 },
  { base: 29150, zones: [18, 22], south: false, datum: LOCAL_DATUMS.sad69 },
  { base: 29170, zones: [17, 25], south: true, datum: LOCAL_DATUMS.sad69 },
];

/** Grids that national mapping agencies and continental products use (EPSG Geodetic Parameter Dataset). */
const GRIDS: Readonly<Record<number, string>> = {
  3857: "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +nadgrids=@null",
  3395: `+proj=merc +lon_0=0 +k=1 ${WGS84}`,
  6933: `+proj=cea +lat_ts=30 +lon_0=0 +x_0=0 +y_0=0 ${WGS84}`,
  3031: `+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=0 ${WGS84}`,
  3413: `+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 ${WGS84}`,
  3995: `+proj=stere +lat_0=90 +lat_ts=71 +lon_0=0 ${WGS84}`,
  3035: `+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 ${MODERN}`,
  3034: `+proj=lcc +lat_0=52 +lon_0=10 +lat_1=35 +lat_2=65 +x_0=4000000 +y_0=2800000 ${MODERN}`,
  2154: `+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 ${MODERN}`,
  27700: `+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 ${LOCAL_DATUMS.osgb36}`,
  2157: `+proj=tmerc +lat_0=53.5 +lon_0=-8 +k=0.99982 +x_0=600000 +y_0=750000 ${MODERN}`,
  28992: `+proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 ${LOCAL_DATUMS.amersfoort}`,
  31370: `+proj=lcc +lat_0=90 +lon_0=4.36748666666667 +lat_1=51.1666672333333 +lat_2=49.8333339 +x_0=150000.013 +y_0=5400088.438 ${LOCAL_DATUMS.belge72}`,
  3812: `+proj=lcc +lat_0=50.797815 +lon_0=4.35921583333333 +lat_1=49.8333333333333 +lat_2=51.1666666666667 +x_0=649328 +y_0=665262 ${MODERN}`,
  2056: `+proj=somerc +lat_0=46.9524055555556 +lon_0=7.43958333333333 +k_0=1 +x_0=2600000 +y_0=1200000 ${SWISS}`,
  21781: `+proj=somerc +lat_0=46.9524055555556 +lon_0=7.43958333333333 +k_0=1 +x_0=600000 +y_0=200000 ${SWISS}`,
  31466: `+proj=tmerc +lat_0=0 +lon_0=6 +k=1 +x_0=2500000 +y_0=0 ${DHDN}`,
  31467: `+proj=tmerc +lat_0=0 +lon_0=9 +k=1 +x_0=3500000 +y_0=0 ${DHDN}`,
  31468: `+proj=tmerc +lat_0=0 +lon_0=12 +k=1 +x_0=4500000 +y_0=0 ${DHDN}`,
  31469: `+proj=tmerc +lat_0=0 +lon_0=15 +k=1 +x_0=5500000 +y_0=0 ${DHDN}`,
  31254: `+proj=tmerc +lat_0=0 +lon_0=10.3333333333333 +k=1 +x_0=0 +y_0=-5000000 ${MGI}`,
  31255: `+proj=tmerc +lat_0=0 +lon_0=13.3333333333333 +k=1 +x_0=0 +y_0=-5000000 ${MGI}`,
  31256: `+proj=tmerc +lat_0=0 +lon_0=16.3333333333333 +k=1 +x_0=0 +y_0=-5000000 ${MGI}`,
  31287: `+proj=lcc +lat_0=47.5 +lon_0=13.3333333333333 +lat_1=49 +lat_2=46 +x_0=400000 +y_0=400000 ${MGI}`,
  2180: `+proj=tmerc +lat_0=0 +lon_0=19 +k=0.9993 +x_0=500000 +y_0=-5300000 ${MODERN}`,
  3006: `+proj=utm +zone=33 ${MODERN}`,
  3067: `+proj=utm +zone=35 ${MODERN}`,
  3301: `+proj=lcc +lat_0=57.5175539305556 +lon_0=24 +lat_1=59.3333333333333 +lat_2=58 +x_0=500000 +y_0=6375000 ${MODERN}`,
  3059: `+proj=tmerc +lat_0=0 +lon_0=24 +k=0.9996 +x_0=500000 +y_0=-6000000 ${MODERN}`,
  3346: `+proj=tmerc +lat_0=0 +lon_0=24 +k=0.9998 +x_0=500000 +y_0=0 ${MODERN}`,
  3763: `+proj=tmerc +lat_0=39.6682583333333 +lon_0=-8.13310833333333 +k=1 +x_0=0 +y_0=0 ${MODERN}`,
  3765: `+proj=tmerc +lat_0=0 +lon_0=16.5 +k=0.9999 +x_0=500000 +y_0=0 ${MODERN}`,
  3794: `+proj=tmerc +lat_0=0 +lon_0=15 +k=0.9999 +x_0=500000 +y_0=-5000000 ${MODERN}`,
  2193: `+proj=tmerc +lat_0=0 +lon_0=173 +k=0.9996 +x_0=1600000 +y_0=10000000 ${MODERN}`,
  5070: `+proj=aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5 +x_0=0 +y_0=0 ${MODERN}`,
  6350: `+proj=aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5 +x_0=0 +y_0=0 ${MODERN}`,
  3310: `+proj=aea +lat_0=0 +lon_0=-120 +lat_1=34 +lat_2=40.5 +x_0=0 +y_0=-4000000 ${MODERN}`,
  3005: `+proj=aea +lat_0=45 +lon_0=-126 +lat_1=50 +lat_2=58.5 +x_0=1000000 +y_0=0 ${MODERN}`,
  3347: `+proj=lcc +lat_0=63.390675 +lon_0=-91.8666666666667 +lat_1=49 +lat_2=77 +x_0=6200000 +y_0=3000000 ${MODERN}`,
  3978: `+proj=lcc +lat_0=49 +lon_0=-95 +lat_1=49 +lat_2=77 +x_0=0 +y_0=0 ${MODERN}`,
  3979: `+proj=lcc +lat_0=49 +lon_0=-95 +lat_1=49 +lat_2=77 +x_0=0 +y_0=0 ${MODERN}`,
  3577: `+proj=aea +lat_0=0 +lon_0=132 +lat_1=-18 +lat_2=-36 +x_0=0 +y_0=0 ${MODERN}`,
  9473: `+proj=aea +lat_0=0 +lon_0=132 +lat_1=-18 +lat_2=-36 +x_0=0 +y_0=0 ${MODERN}`,
  5880: `+proj=poly +lat_0=0 +lon_0=-54 +x_0=5000000 +y_0=10000000 ${MODERN}`,
  5179: `+proj=tmerc +lat_0=38 +lon_0=127.5 +k=0.9996 +x_0=1000000 +y_0=2000000 ${MODERN}`,
  5186: `+proj=tmerc +lat_0=38 +lon_0=127 +k=1 +x_0=200000 +y_0=600000 ${MODERN}`,
};

/**
 * The proj4 text of a scene's CRS: from its EPSG code, else the text that its file gave; null where neither
 * is known. Local datums are shifted by seven-parameter transformations, good to a few metres.
 */
export function projectionOf(scene: Pick<Scene, "epsg" | "proj4">): string | null {
  return (scene.epsg === null ? null : projectionOfCode(scene.epsg)) ?? scene.proj4;
}

function projectionOfCode(code: number): string | null {
  const geographic = GEOGRAPHIC_DATUMS[code];
  if (geographic !== undefined) return `+proj=longlat ${geographic} +no_defs`;
  const grid = GRIDS[code];
  if (grid !== undefined) return `${grid} +units=m +no_defs`;
  for (const { base, zones, south, datum } of UTM_FAMILIES) {
    const zone = code - base;
    if (zone < zones[0] || zone > zones[1]) continue;
    return `+proj=utm +zone=${zone}${south ? " +south" : ""} ${datum} +units=m +no_defs`;
  }
  return null;
}
