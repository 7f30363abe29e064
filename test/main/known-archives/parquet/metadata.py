"""Makes the Parquet files of this folder as pyarrow writes them, one a compression.

Usage: python3 metadata.py (with pyarrow)
"""
import os

import pyarrow as pa
import pyarrow.parquet as pq

TILE = "S2A_MSIL2A_20170613T101031_N9999_R022_T33UUP"
here = os.path.dirname(os.path.abspath(__file__))
table = pa.table(
    {
        "patch_id": [f"{TILE}_26_57", f"{TILE}_26_58", f"{TILE}_26_59", f"{TILE}_26_60"],
        "labels": [["Arable land", "Pastures"], ["Beaches, dunes, sands", "Marine waters"], ["Urban fabric"], []],
        "split": ["train", "validation", "test", "train"],
        "country": ["Austria"] * 4,
        "s1_name": ["a", "b", "c", "d"],
        "s2v1_name": ["a", "b", "c", "d"],
        "contains_seasonal_snow": [False] * 4,
        "contains_cloud_or_shadow": [False] * 4,
    }
)
for codec in ["none", "snappy", "gzip", "brotli", "zstd"]:
    pq.write_table(table, os.path.join(here, f"metadata-{codec}.parquet"), compression=codec)
