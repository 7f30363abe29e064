"""The same networks and jobs as in side.ts, with PyTorch."""

import json
import resource
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


class DenseLayer(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, 128, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(128)
        self.conv2 = nn.Conv2d(128, 32, 3, padding=1, bias=False)

    def forward(self, parts):
        y = self.conv1(F.relu(self.norm1(torch.cat(parts, 1)), inplace=True))
        return self.conv2(F.relu(self.norm2(y), inplace=True))


class DenseNet(nn.Module):
    def __init__(self, bands, classes):
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(bands, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)
        )
        channels = 64
        self.blocks, self.transitions = nn.ModuleList(), nn.ModuleList()
        for count in (6, 12, 24, 16):
            self.blocks.append(nn.ModuleList([DenseLayer(channels + 32 * i) for i in range(count)]))
            channels += 32 * count
            if len(self.blocks) == 4:
                break
            self.transitions.append(
                nn.Sequential(
                    nn.BatchNorm2d(channels),
                    nn.ReLU(inplace=True),
                    nn.Conv2d(channels, channels // 2, 1, bias=False),
                    nn.AvgPool2d(2, 2),
                )
            )
            channels //= 2
        self.norm = nn.BatchNorm2d(channels)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        x = self.stem(x)
        for i, block in enumerate(self.blocks):
            parts = [x]
            for layer in block:
                parts.append(layer(parts))
            x = torch.cat(parts, 1)
            if i < 3:
                x = self.transitions[i](x)
        x = F.relu(self.norm(x), inplace=True)
        return self.classifier(F.adaptive_avg_pool2d(x, 1).flatten(1))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.around = nn.Identity()
        if inputs != outputs:
            self.around = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)), inplace=True)
        y = self.bn2(self.conv2(y))
        y += self.around(x)
        return F.relu(y, inplace=True)


class ResNet(nn.Module):
    def __init__(self, bands, classes):
        super().__init__()
        layers = [nn.Conv2d(bands, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)]
        inputs = 64
        for stage in range(4):
            outputs = 64 * 2**stage
            layers += [Block(inputs, outputs, 1 if stage == 0 else 2), Block(outputs, outputs, 1)]
            inputs = outputs
        self.trunk = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(1))
        self.classifier = nn.Linear(inputs, classes)

    def forward(self, x):
        return self.classifier(self.trunk(x))


workload = json.loads(sys.argv[1])
torch.set_num_threads(workload["threads"])
make = {"densenet-121": DenseNet, "resnet-18": ResNet}[workload["network"]]
network = make(workload["bands"], workload["classes"])
optimiser = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
images = torch.randn(workload["batch"], workload["bands"], workload["side"], workload["side"])
targets = torch.randint(0, 2, (workload["batch"], workload["classes"])).float()


def step():
    network.train()
    optimiser.zero_grad(set_to_none=True)
    F.binary_cross_entropy_with_logits(network(images), targets).backward()
    optimiser.step()


def inference():
    network.eval()
    with torch.inference_mode():
        network(images)


jobs = {"step": step, "inference": inference}
print("ready", flush=True)
for line in sys.stdin:
    before, start = time.process_time(), time.perf_counter()
    jobs[line.strip()]()
    cost = {"seconds": time.perf_counter() - start, "cpuSeconds": time.process_time() - before}
    cost["peakMegabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(cost), flush=True)
