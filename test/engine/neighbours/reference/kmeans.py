# Inertias of scikit-learn's k-means on the points of kmeans.test.ts: python kmeans.py > kmeans.json
import json
import numpy as np
from sklearn.cluster import KMeans

COUNT, DIMENSIONS = 240, 6


def points(groups):
    i = np.arange(COUNT)[:, None]
    d = np.arange(DIMENSIONS)[None, :]
    centre = np.sin(1 + (i % groups) * 2.39 + d * 1.91) * 4
    return (centre + np.cos(i * (d + 1) * 0.73) + 0.5 * np.sin(i * i * 0.11 + d)).astype(np.float32)


results = []
for groups, clusters in [(5, 5), (12, 12), (12, 20)]:
    x = points(groups)
    inertias = [
        KMeans(clusters, init="k-means++", n_init=1, max_iter=300, tol=0, random_state=seed).fit(x).inertia_
        for seed in range(200)
    ]
    results.append(
        {
            "groups": groups,
            "clusters": clusters,
            "least": round(float(min(inertias)), 3),
            "mean": round(float(np.mean(inertias)), 3),
            "largest": round(float(max(inertias)), 3),
        }
    )
print(json.dumps(results, indent=2))
