"""Expected numbers for the parity tests of the end-to-end networks, made with PyTorch in double precision.

    python networks.py          writes densenet-121.json, resnet-18.json, resnet-50.json beside this script

Weights, images and labels come from a formula that the tests know too (`uniform` below). Arrays are told by
their norm and by sketches: sums of all values with pseudo-random signs. The root mean square of the
differences of two arrays' sketches estimates the norm of the arrays' difference.
"""

import json
import os

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

CLASSES = 5
SKETCHES = 4
# The seeds are chosen so that no ReLU's input is near zero and single precision can't change a mask.
CASES = [
    {"id": "densenet-121", "bands": 3, "batch": 4, "height": 64, "width": 64, "stem": "standard", "seed": 3},
    {"id": "densenet-121", "bands": 3, "batch": 3, "height": 77, "width": 70, "stem": "standard", "seed": 8},
    {"id": "resnet-18", "bands": 13, "batch": 4, "height": 64, "width": 64, "stem": "standard", "seed": 5},
    {"id": "resnet-18", "bands": 4, "batch": 3, "height": 33, "width": 27, "stem": "small", "seed": 5},
    {"id": "resnet-50", "bands": 4, "batch": 6, "height": 48, "width": 48, "stem": "standard", "seed": 6},
]


def hash_of(text):
    """FNV-1a, 32 bits."""
    value = 2166136261
    for byte in text.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def uniform(name, count):
    """`count` numbers in [-1, 1), the same for the same name: the finalizer of MurmurHash3 over a counter."""
    with np.errstate(over="ignore"):
        x = np.uint32(hash_of(name)) + np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B9)
        x ^= x >> np.uint32(16)
        x *= np.uint32(0x85EBCA6B)
        x ^= x >> np.uint32(13)
        x *= np.uint32(0xC2B2AE35)
        x ^= x >> np.uint32(16)
    return x.astype(np.float64) / 2147483648.0 - 1.0


class DenseLayer(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, 128, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(128)
        self.conv2 = nn.Conv2d(128, 32, 3, padding=1, bias=False)

    def forward(self, x):
        y = self.conv1(F.relu(self.norm1(x)))
        return torch.cat([x, self.conv2(F.relu(self.norm2(y)))], 1)


class DenseNet(nn.Module):
    def __init__(self, bands, layers):
        super().__init__()
        self.features = nn.Module()
        self.features.conv0 = nn.Conv2d(bands, 64, 7, 2, 3, bias=False)
        self.features.norm0 = nn.BatchNorm2d(64)
        channels = 64
        self.count = len(layers)
        for b, count in enumerate(layers, 1):
            block = nn.Module()
            for i in range(count):
                block.add_module(f"denselayer{i + 1}", DenseLayer(channels))
                channels += 32
            self.features.add_module(f"denseblock{b}", block)
            if b < self.count:
                transition = nn.Module()
                transition.norm = nn.BatchNorm2d(channels)
                transition.conv = nn.Conv2d(channels, channels // 2, 1, bias=False)
                self.features.add_module(f"transition{b}", transition)
                channels //= 2
        self.features.norm5 = nn.BatchNorm2d(channels)
        self.classifier = nn.Linear(channels, CLASSES)

    def forward(self, x):
        f = self.features
        x = F.max_pool2d(F.relu(f.norm0(f.conv0(x))), 3, 2, 1)
        taps = []
        for b in range(1, self.count + 1):
            for layer in getattr(f, f"denseblock{b}").children():
                x = layer(x)
            taps.append(x.mean((2, 3)))
            if b < self.count:
                transition = getattr(f, f"transition{b}")
                x = F.avg_pool2d(transition.conv(F.relu(transition.norm(x))), 2, 2)
        features = F.relu(f.norm5(x)).mean((2, 3))
        return self.classifier(features), features, taps


class Block(nn.Module):
    def __init__(self, inputs, width, stride, bottleneck):
        super().__init__()
        sizes = [(1, inputs, width, 1), (3, width, width, stride), (1, width, 4 * width, 1)]
        if not bottleneck:
            sizes = [(3, inputs, width, stride), (3, width, width, 1)]
        self.count = len(sizes)
        for i, (size, before, after, step) in enumerate(sizes, 1):
            self.add_module(f"conv{i}", nn.Conv2d(before, after, size, step, size // 2, bias=False))
            self.add_module(f"bn{i}", nn.BatchNorm2d(after))
        outputs = sizes[-1][2]
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x):
        y = x
        for i in range(1, self.count + 1):
            y = getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(y))
            if i < self.count:
                y = F.relu(y)
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    def __init__(self, bands, counts, bottleneck, stem):
        super().__init__()
        self.small = stem == "small"
        self.conv1 = nn.Conv2d(bands, 64, 3 if self.small else 7, 1 if self.small else 2, 1 if self.small else 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        inputs = 64
        for stage, count in enumerate(counts):
            width = 64 * 2**stage
            blocks = []
            for i in range(count):
                blocks.append(Block(inputs, width, 2 if stage > 0 and i == 0 else 1, bottleneck))
                inputs = width * (4 if bottleneck else 1)
            self.add_module(f"layer{stage + 1}", nn.Sequential(*blocks))
        self.fc = nn.Linear(inputs, CLASSES)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        if not self.small:
            x = F.max_pool2d(x, 3, 2, 1)
        taps = []
        for stage in range(1, 5):
            x = getattr(self, f"layer{stage}")(x)
            taps.append(x.mean((2, 3)))
        features = x.mean((2, 3))
        return self.fc(features), features, taps


def build(case):
    if case["id"] == "densenet-121":
        return DenseNet(case["bands"], [6, 12, 24, 16])
    if case["id"] == "resnet-18":
        return ResNet(case["bands"], [2, 2, 2, 2], False, case["stem"])
    return ResNet(case["bands"], [3, 4, 6, 3], True, case["stem"])


def fill(net):
    for name, tensor in net.state_dict().items():
        if name.endswith("num_batches_tracked"):
            continue
        u = uniform(name, tensor.numel()).reshape(tuple(tensor.shape))
        if tensor.dim() == 4:
            values = u * np.sqrt(6 / np.prod(tensor.shape[1:]))
        elif tensor.dim() == 2:
            values = u * np.sqrt(3 / tensor.shape[1])
        elif name.endswith("running_var"):
            values = 1 + 0.3 * u
        elif name.endswith("weight"):
            values = 1 + 0.2 * u
        elif name.endswith("bias") and name.removesuffix("bias") + "running_mean" in net.state_dict():
            # Away from zero, where rounding would decide over a ReLU and a single pixel over the gradients.
            values = np.where(u < 0, u - 2, u + 2)
        else:
            values = 0.1 * u
        # Both sides start from the same single-precision numbers.
        tensor.copy_(torch.from_numpy(values.astype(np.float32).astype(np.float64)))


def told(name, tensor):
    """Norm and sketches; convolutions and linear layers in the layout height × width × inputs × outputs."""
    values = tensor.detach()
    if values.dim() == 4:
        values = values.permute(2, 3, 1, 0)
    if values.dim() == 2 and name.endswith("weight"):
        values = values.T
    flat = values.reshape(-1).numpy()
    sketches = [
        float(np.sum(np.where(uniform(f"{name}/{k}", flat.size) < 0, -flat, flat))) for k in range(SKETCHES)
    ]
    return [float(f"{v:.8g}") for v in [np.linalg.norm(flat), *sketches]]


def single(values):
    return torch.from_numpy(values.astype(np.float32).astype(np.float64))


def run(case):
    net = build(case).double()
    with torch.no_grad():
        fill(net)
    n, h, w, b = case["batch"], case["height"], case["width"], case["bands"]
    images = single(1.5 * uniform(f"images {case['seed']}", n * h * w * b)).reshape(n, h, w, b).permute(0, 3, 1, 2)
    drawn = torch.from_numpy(uniform("labels", n * CLASSES)).reshape(n, CLASSES)
    reviewed = drawn > -0.7
    present = (drawn > 0.2).double()

    net.eval()
    with torch.no_grad():
        logits, features, taps = net(images)
    expected = {
        "inference": {
            "logits": [float(f"{v:.8g}") for v in logits.reshape(-1)],
            "features": told("features", features),
            "taps": [told(f"tap{i}", tap) for i, tap in enumerate(taps)],
        }
    }

    net.train()
    logits, features, taps = net(images)
    entries = F.binary_cross_entropy_with_logits(logits, present, reduction="none")
    loss = entries[reviewed].mean()
    # A linear functional of features and taps, so that their gradients take part.
    total = loss + (features * single(uniform("to features", features.numel())).reshape(features.shape)).sum()
    for i, tap in enumerate(taps):
        total = total + (tap * single(uniform(f"to tap {i}", tap.numel())).reshape(tap.shape)).sum()
    total.backward()
    expected["training"] = {
        "logits": [float(f"{v:.8g}") for v in logits.reshape(-1)],
        "features": told("features", features),
        "taps": [told(f"tap{i}", tap) for i, tap in enumerate(taps)],
        "loss": float(loss.detach()),
        "gradients": {name: told(name, p.grad) for name, p in net.named_parameters()},
        "statistics": {
            name: told(name, t) for name, t in net.named_buffers() if not name.endswith("num_batches_tracked")
        },
    }
    return {**case, "classes": CLASSES, "parameters": sum(p.numel() for p in net.parameters()), **expected}


if __name__ == "__main__":
    folder = os.path.dirname(os.path.abspath(__file__))
    for network in sorted({case["id"] for case in CASES}):
        results = [run(case) for case in CASES if case["id"] == network]
        with open(os.path.join(folder, f"{network}.json"), "w") as file:
            file.write("[\n" + ",\n".join(json.dumps(r, separators=(",", ":")) for r in results) + "\n]\n")
