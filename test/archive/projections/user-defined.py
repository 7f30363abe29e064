"""Makes user-defined.json: how GDAL writes projections as GeoTIFF keys, and where its PROJ finds a point of each.

Usage: python3 user-defined.py > user-defined.json (with GDAL's Python binding)
"""
import json, os, struct, tempfile
from osgeo import gdal, osr
gdal.UseExceptions()
osr.UseExceptions()
W='+datum=WGS84 +units=m +no_defs'
G='+ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs'
P=[ # name, proj, lon, lat of a typical place
('tmerc','+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996 +x_0=400000 +y_0=-100000 '+W,-1.5,52.2),
('utm','+proj=utm +zone=33 '+W,15.5,47.2),
('utm-south','+proj=utm +zone=21 +south '+W,-58.5,-27.2),
('merc-1sp','+proj=merc +lon_0=30 +k=0.9 +x_0=1000 +y_0=2000 '+W,33,21.4),
('merc-2sp','+proj=merc +lon_0=10 +lat_ts=40 +x_0=0 +y_0=0 '+W,12,38.4),
('lcc-1sp','+proj=lcc +lat_1=46.8 +lat_0=46.8 +lon_0=2.5 +k_0=0.9998 +x_0=600000 +y_0=2200000 '+W,3.5,46.2),
('lcc-2sp','+proj=lcc +lat_1=33 +lat_2=45 +lat_0=39 +lon_0=-96 +x_0=100 +y_0=200 '+W,-100.5,41.2),
('laea','+proj=laea +lat_0=45 +lon_0=-100 +x_0=0 +y_0=0 '+W,-97.1,48.2),
('laea-pole','+proj=laea +lat_0=90 +lon_0=0 +x_0=0 +y_0=0 '+W,30,75),
('aea','+proj=aea +lat_1=29.5 +lat_2=45.5 +lat_0=23 +lon_0=-96 +x_0=0 +y_0=0 '+W,-90.3,38),
('aeqd','+proj=aeqd +lat_0=52 +lon_0=19 +x_0=500000 +y_0=500000 '+W,21,53.3),
('eqdc','+proj=eqdc +lat_0=40 +lon_0=-96 +lat_1=20 +lat_2=60 +x_0=0 +y_0=0 '+W,-92,44),
('stere-north','+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +x_0=0 +y_0=0 '+W,-40,80.2),
('stere-south','+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=0 +x_0=0 +y_0=0 '+W,50,-75.2),
('stere-scale','+proj=stere +lat_0=90 +lon_0=10 +k=0.994 +x_0=2000000 +y_0=2000000 '+W,40,85),
('stere-oblique','+proj=stere +lat_0=47 +lon_0=25 +k=0.9997 +x_0=500 +y_0=600 '+W,26,46),
('sterea','+proj=sterea +lat_0=46 +lon_0=25 +k=0.99975 +x_0=500000 +y_0=500000 '+W,26.1,45.1),
('omerc','+proj=omerc +lat_0=4 +lonc=115 +alpha=53.3158204722222 +gamma=53.1301023611111 +k=0.99984 +x_0=590476.87 +y_0=442857.65 '+W,116,5.2),
('somerc','+proj=somerc +lat_0=46.95 +lon_0=7.44 +k_0=1 +x_0=600000 +y_0=200000 '+W,8.2,47.1),
('cass','+proj=cass +lat_0=10.44 +lon_0=-61.33 +x_0=86501 +y_0=65379 '+W,-61.2,10.6),
('poly','+proj=poly +lat_0=0 +lon_0=-54 +x_0=5000000 +y_0=10000000 '+W,-52,-12.2),
('eqc','+proj=eqc +lat_ts=40 +lat_0=0 +lon_0=10 +x_0=0 +y_0=0 '+W,12,41),
('mill','+proj=mill +lat_0=0 +lon_0=20 +x_0=0 +y_0=0 +R=6371000 +units=m +no_defs',22,45),
('robin','+proj=robin +lon_0=0 +x_0=0 +y_0=0 '+W,33,45),
('sinu','+proj=sinu +lon_0=0 +x_0=0 +y_0=0 +R=6371007.181 +units=m +no_defs',33,45),
('cea','+proj=cea +lat_ts=30 +lon_0=0 +x_0=0 +y_0=0 '+W,33,45),
('moll','+proj=moll +lon_0=0 +x_0=0 +y_0=0 +R=6371000 +units=m +no_defs',33,45),
('gnom','+proj=gnom +lat_0=40 +lon_0=-100 +x_0=0 +y_0=0 +R=6371000 +units=m +no_defs',-98,41),
('ortho','+proj=ortho +lat_0=40 +lon_0=-100 +x_0=0 +y_0=0 +R=6371000 +units=m +no_defs',-98,41),
('vandg','+proj=vandg +lon_0=0 +x_0=0 +y_0=0 +R=6371000 +units=m +no_defs',33,45),
('nzmg','+proj=nzmg +lat_0=-41 +lon_0=173 +x_0=2510000 +y_0=6023150 +ellps=intl +towgs84=59.47,-5.04,187.44,0.47,-0.1,1.024,-4.5993 +units=m +no_defs',174,-41),
('us-ft','+proj=lcc +lat_1=40.6 +lat_2=41.4 +lat_0=40 +lon_0=-74 +x_0=300000 +y_0=0 +datum=WGS84 +units=us-ft +no_defs',-73.5,40.8),
('feet','+proj=tmerc +lat_0=40 +lon_0=-80 +k=0.9999 +x_0=0 +y_0=0 +datum=WGS84 +units=ft +no_defs',-80.2,40.8),
('km','+proj=tmerc +lat_0=40 +lon_0=-80 +k=0.9999 +x_0=100000 +y_0=0 +datum=WGS84 +units=km +no_defs',-80.2,40.8),
('grs80','+proj=laea +lat_0=45.5 +lon_0=-114 +x_0=0 +y_0=0 '+G,-110,44),
('clarke66','+proj=aea +lat_1=29.5 +lat_2=45.5 +lat_0=23 +lon_0=-96 +x_0=0 +y_0=0 +ellps=clrk66 +towgs84=-8,160,176,0,0,0,0 +units=m +no_defs',-90.3,38),
('bessel-7','+proj=tmerc +lat_0=0 +lon_0=9 +k=1 +x_0=3500000 +y_0=0 +ellps=bessel +towgs84=598.1,73.7,418.2,0.202,0.045,-2.455,6.7 +units=m +no_defs',9.4,50.1),
('sphere-laea','+proj=laea +lat_0=0 +lon_0=0 +x_0=0 +y_0=0 +R=6370997 +units=m +no_defs',10,10),
('longlat-sphere','+proj=longlat +R=6371229 +no_defs',10,10),
('longlat-pm','+proj=longlat +ellps=clrk80ign +pm=paris +towgs84=-168,-60,320,0,0,0,0 +no_defs',4,46),
('tmerc-pm','+proj=lcc +lat_1=46.8 +lat_0=46.8 +lon_0=0 +k_0=0.99987742 +x_0=600000 +y_0=2200000 +ellps=clrk80ign +pm=paris +towgs84=-168,-60,320,0,0,0,0 +units=m +no_defs',3.5,46.2),
]
out=[]
wgs=osr.SpatialReference(); wgs.ImportFromEPSG(4326); wgs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
d=tempfile.mkdtemp()
def keys(path):
    b=open(path,'rb').read()
    n=struct.unpack('<I',b[4:8])[0]; c=struct.unpack('<H',b[n:n+2])[0]; r={}
    for i in range(c):
        t,ty,cnt,v=struct.unpack('<HHII',b[n+2+12*i:n+14+12*i])
        if t in (34735,34736,34737):
            size={2:1,3:2,12:8}[ty]*cnt
            raw=b[v:v+size] if size>4 else struct.pack('<I',v)[:size]
            r[t]=list(struct.unpack('<%d%s'%(cnt,{3:'H',12:'d'}[ty]),raw)) if ty!=2 else raw.rstrip(b'\0').decode()
    return r
for name,p,lon,lat in P:
    s=osr.SpatialReference(); s.ImportFromProj4(p); s.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    # place the raster with the file's own system
    try:
        t=osr.CoordinateTransformation(wgs,s)
        x,y,_=t.TransformPoint(lon,lat)
    except RuntimeError:
        continue
    f=f'{d}/{name}.tif'
    px=0.001 if s.IsGeographic() else (0.1 if '+units=km' in p else 100)
    gt=(round(x,3),px,0,round(y,3),0,-px)
    ds=gdal.GetDriverByName('GTiff').Create(f,4,4,1,gdal.GDT_Byte); ds.SetGeoTransform(gt); ds.SetProjection(s.ExportToWkt()); ds=None
    try: os.remove(f+'.aux.xml')
    except FileNotFoundError: pass
    ds=gdal.Open(f); back=osr.SpatialReference(); w=ds.GetProjection()
    if not w: continue
    back.ImportFromWkt(w); back.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    same=osr.CoordinateTransformation(back,wgs)
    a,b,_=same.TransformPoint(gt[0]+2*px,gt[3]-2*px)
    k=keys(f)
    out.append(dict(name=name,x=gt[0]+2*px,y=gt[3]-2*px,longitude=round(a,9),latitude=round(b,9),keys=k[34735],doubles=k.get(34736,[]),text=k.get(34737,'')))
print('[\n'+',\n'.join('  '+json.dumps(e) for e in out)+'\n]')
