"""The matrix product `[n, n] x [n, n]^T` in PyTorch, float32, best of eight loops after a warm-up.

usage: OMP_NUM_THREADS=N python torch_product.py N     prints one JSON object a line: case, threads, gflops
"""
import json, sys, time
import torch

threads = int(sys.argv[1]) if len(sys.argv) > 1 else 1
torch.set_num_threads(threads)
for n in (96, 192, 384, 768):
    a, b = torch.rand(n, n) - 0.5, torch.rand(n, n) - 0.5
    out = torch.empty(n, n)
    runs = max(1, int(2e8 / (2 * n**3)))
    start = time.perf_counter()
    while time.perf_counter() - start < 0.2:
        torch.matmul(a, b.T, out=out)
    best = 1e9
    for _ in range(8):
        start = time.perf_counter()
        for _ in range(runs):
            torch.matmul(a, b.T, out=out)
        best = min(best, (time.perf_counter() - start) / runs)
    print(json.dumps({"case": f"product-{n}", "threads": threads, "gflops": round(2 * n**3 / best / 1e9, 1)}), flush=True)
