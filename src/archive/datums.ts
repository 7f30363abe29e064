/** Datums as PROJ writes them, by the EPSG codes of geographic systems. */

export const WGS84_DATUM = "+datum=WGS84";
/** ETRS89, NAD83, GDA, SIRGAS and their like: within a metre or two of WGS 84, and taken for it. */
export const MODERN_DATUM = "+ellps=GRS80 +towgs84=0,0,0,0,0,0,0";

/** Local datums with EPSG's transformations to WGS 84 for the whole country, good to a few metres. */
export const LOCAL_DATUMS = {
  dhdn: "+ellps=bessel +towgs84=598.1,73.7,418.2,0.202,0.045,-2.455,6.7",
  mgi: "+ellps=bessel +towgs84=577.326,90.129,463.919,5.137,1.474,5.297,2.4232",
  swiss: "+ellps=bessel +towgs84=674.374,15.056,405.346,0,0,0,0",
  amersfoort: "+ellps=bessel +towgs84=565.4171,50.3319,465.5524,-0.398957,0.343988,-1.87740,4.0725",
  belge72: "+ellps=intl +towgs84=-106.868628,52.297783,-103.723893,0.336570,-0.456955,1.842183,-1.2747",
  osgb36: "+ellps=airy +towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489",
  ed50: "+ellps=intl +towgs84=-87,-98,-121,0,0,0,0",
  nad27: "+ellps=clrk66 +towgs84=-8,160,176,0,0,0,0",
  nzgd49: "+ellps=intl +towgs84=59.47,-5.04,187.44,0.47,-0.1,1.024,-4.5993",
  sad69: "+ellps=aust_SA +towgs84=-57,1,-41,0,0,0,0",
  pulkovo42: "+ellps=krass +towgs84=23.92,-141.27,-80.9,0,0.35,0.82,-0.12",
  tokyo: "+ellps=bessel +towgs84=-146.414,507.337,680.507,0,0,0,0",
  wgs72: "+ellps=WGS72 +towgs84=0,0,4.5,0,0,0.554,0.2263",
} as const;

/** Geographic systems: longitude and latitude in degrees from Greenwich. */
export const GEOGRAPHIC_DATUMS: Readonly<Record<number, string>> = {
  4326: WGS84_DATUM,
  4979: WGS84_DATUM,
  4258: MODERN_DATUM,
  4269: MODERN_DATUM,
  4283: MODERN_DATUM,
  4617: MODERN_DATUM,
  4674: MODERN_DATUM,
  4167: MODERN_DATUM,
  4490: MODERN_DATUM,
  4152: MODERN_DATUM,
  4171: MODERN_DATUM,
  4612: MODERN_DATUM,
  4619: MODERN_DATUM,
  4759: MODERN_DATUM,
  6318: MODERN_DATUM,
  6668: MODERN_DATUM,
  7844: MODERN_DATUM,
  4314: LOCAL_DATUMS.dhdn,
  4312: LOCAL_DATUMS.mgi,
  4149: LOCAL_DATUMS.swiss,
  4150: LOCAL_DATUMS.swiss,
  4289: LOCAL_DATUMS.amersfoort,
  4313: LOCAL_DATUMS.belge72,
  4277: LOCAL_DATUMS.osgb36,
  4230: LOCAL_DATUMS.ed50,
  4267: LOCAL_DATUMS.nad27,
  4272: LOCAL_DATUMS.nzgd49,
  4618: LOCAL_DATUMS.sad69,
  4284: LOCAL_DATUMS.pulkovo42,
  4301: LOCAL_DATUMS.tokyo,
  4322: LOCAL_DATUMS.wgs72,
};
