"""Golden vectors beyond those the project began with, made by PyTorch in float64: rotary positions, grouped queries, SwiGLU,
the loss of praise and scolding, windows with padding and dilation, sides that no register block divides, more schedules.

usage: python torch_vectors.py FOLDER     writes FOLDER/more-functions.json and FOLDER/more-optimizers.json
The form is that of the other files of test/golden (src/cli/golden/file.ts reads it): `grads` are the gradients of
sum(output * upstream), those of parameters under `param.NAME`.
"""
import json, os, sys
import torch, torch.nn as nn, torch.nn.functional as F

folder = sys.argv[1]
seed = 2026
torch.manual_seed(seed)
torch.set_default_dtype(torch.float64)


def numbers(tensor):
    if not tensor.dtype.is_floating_point:
        return [int(value) for value in tensor.reshape(-1)]
    return [float(f"{value:.12g}") for value in tensor.detach().reshape(-1).tolist()]


def written(tensor):
    dtype = "f64" if tensor.dtype.is_floating_point else "i32"
    return {"shape": list(tensor.shape), "dtype": dtype, "data": numbers(tensor)}


cases = []


def case(label, function, inputs, params=None, attrs=None, fixed=()):
    """Records one function; inputs named in `fixed` have no gradient."""
    params = params or {}
    leaves = {name: value.clone() for name, value in inputs.items()}
    weights = {name: value.clone().requires_grad_() for name, value in params.items()}
    for name, value in leaves.items():
        if value.dtype.is_floating_point and name not in fixed:
            value.requires_grad_()
    output = function(leaves, weights)
    upstream = torch.randn_like(output)
    (output * upstream).sum().backward()
    grads = {name: written(value.grad) for name, value in leaves.items() if value.requires_grad}
    grads.update({f"param.{name}": written(value.grad) for name, value in weights.items()})
    cases.append({
        "label": label,
        "attrs": attrs or {},
        "inputs": {name: written(value) for name, value in inputs.items()},
        **({"params": {name: written(value) for name, value in params.items()}} if params else {}),
        "output": written(output),
        "upstream": written(upstream),
        "grads": grads,
    })


def drawn(*shape, scale=1.0):
    return torch.randn(shape) * scale


# ---- functions of one and two values

for name, function in {"mish": F.mish, "sine": torch.sin, "abs": torch.abs, "gelu": F.gelu, "silu": F.silu}.items():
    for shape in ((1,), (3, 7), (2, 3, 11)):
        case(name, lambda i, p, f=function: f(i["x"]), {"x": drawn(*shape, scale=2)})
for name, function in {"add": torch.add, "mul": torch.mul, "maximum": torch.maximum, "minimum": torch.minimum}.items():
    for left, right in (((5, 3), (5, 3)), ((2, 4, 9), (9,)), ((1, 6), (4, 1)), ((13,), ())):
        case(name, lambda i, p, f=function: f(i["a"], i["b"]), {"a": drawn(*left), "b": drawn(*right)})

# Products with sides of one, and sides that are no multiple of the register blocks (6 x 16, 4 x 8) or of 256 terms.
for m, k, n in ((1, 1, 1), (1, 300, 1), (7, 1, 17), (3, 259, 5), (6, 16, 16), (13, 11, 35)):
    case("matmul", lambda i, p: i["a"] @ i["b"], {"a": drawn(m, k), "b": drawn(k, n)})
    case("matmul_tb", lambda i, p: i["a"] @ i["b"].T, {"a": drawn(m, k), "b": drawn(n, k)})
    case("matmul_ta", lambda i, p: i["a"].T @ i["b"], {"a": drawn(k, m), "b": drawn(k, n)})
for size in (1, 2, 35):
    case("softmax", lambda i, p: F.softmax(i["x"], -1), {"x": drawn(3, size, scale=3)})
    case("log_softmax", lambda i, p: F.log_softmax(i["x"], -1), {"x": drawn(3, size, scale=3)})


# ---- losses

def praise_and_scold(x, y):
    """Mean over the rows of -r log p where the reward r is at least 0, of -|r| log(1 - p) where it is less."""
    p = F.softmax(x, -1).gather(1, y[:, :1].long())[:, 0]
    r = y[:, 1]
    return torch.where(r >= 0, -r * p.log(), r * (1 - p).log()).mean()


for rows, classes in ((1, 2), (6, 4), (5, 9)):
    y = torch.stack([torch.randint(classes, (rows,)).double(), torch.rand(rows) * 2 - 1], 1)
    case("praise_and_scold", lambda i, p: praise_and_scold(i["x"], i["y"]), {"x": drawn(rows, classes), "y": y}, fixed=("y",))
for delta in (0.3, 2.0):
    case("huber", lambda i, p: F.huber_loss(i["x"], i["y"], delta=delta), {"x": drawn(5, 3), "y": drawn(5, 3)}, attrs={"delta": delta})
case("mse", lambda i, p: F.mse_loss(i["x"], i["y"]), {"x": drawn(1, 1), "y": drawn(1, 1)})
case("mae", lambda i, p: F.l1_loss(i["x"], i["y"]), {"x": drawn(7, 1), "y": drawn(7, 1)})
case("bce_with_logits", lambda i, p: F.binary_cross_entropy_with_logits(i["x"], i["y"]), {"x": drawn(5, 3, scale=4), "y": torch.rand(5, 3)})
labels = torch.tensor([0, 8, 3, 3, 1])
case("cross_entropy", lambda i, p: F.cross_entropy(i["x"], i["y"]), {"x": drawn(5, 9, scale=3), "y": labels})


# ---- attention

def turned(x, base=10000.0):
    """Rotary position embedding of x [.., steps, size], halves turned against each other."""
    steps, half = x.shape[-2], x.shape[-1] // 2
    angle = torch.arange(steps).double()[:, None] * base ** (-torch.arange(half).double() / half)
    first, second = x[..., :half], x[..., half:]
    return torch.cat([first * angle.cos() - second * angle.sin(), second * angle.cos() + first * angle.sin()], -1)


def attention(x, p, prefix, heads, kv_heads, causal, rotary):
    rows, steps, width = x.shape
    size = width // heads
    qkv = F.linear(x, p[prefix + "qkv.weight"], p[prefix + "qkv.bias"])
    parts = qkv.split([width, kv_heads * size, kv_heads * size], -1)
    q, k, v = [part.view(rows, steps, -1, size).transpose(1, 2) for part in parts]
    if rotary:
        q, k = turned(q), turned(k)
    mixed = F.scaled_dot_product_attention(q, k, v, is_causal=causal, enable_gqa=True)
    return F.linear(mixed.transpose(1, 2).reshape(rows, steps, width), p[prefix + "proj.weight"], p[prefix + "proj.bias"])


def attention_params(prefix, heads, kv_heads, width):
    rows = width + 2 * kv_heads * (width // heads)
    return {
        prefix + "qkv.weight": drawn(rows, width, scale=0.4), prefix + "qkv.bias": drawn(rows, scale=0.1),
        prefix + "proj.weight": drawn(width, width, scale=0.4), prefix + "proj.bias": drawn(width, scale=0.1),
    }


def block(x, p, heads, kv_heads, rotary, feed_forward):
    """Pre-norm transformer block."""
    width = x.shape[-1]
    x = x + attention(F.layer_norm(x, (width,), p["ln1.weight"], p["ln1.bias"]), p, "attn.", heads, kv_heads, True, rotary)
    y = F.layer_norm(x, (width,), p["ln2.weight"], p["ln2.bias"])
    if feed_forward == "gelu":
        return x + F.linear(F.gelu(F.linear(y, p["fc.weight"], p["fc.bias"])), p["out.weight"], p["out.bias"])
    return x + F.linear(F.silu(F.linear(y, p["gate.weight"])) * F.linear(y, p["up.weight"]), p["out.weight"])


def block_params(heads, kv_heads, width, hidden, feed_forward):
    norms = {f"{norm}.{name}": drawn(width, scale=0.1) + (name == "weight") for norm in ("ln1", "ln2") for name in ("weight", "bias")}
    own = attention_params("attn.", heads, kv_heads, width)
    if feed_forward == "gelu":
        fed = {"fc.weight": drawn(hidden, width, scale=0.3), "fc.bias": drawn(hidden, scale=0.1), "out.weight": drawn(width, hidden, scale=0.3), "out.bias": drawn(width, scale=0.1)}
    else:
        fed = {"gate.weight": drawn(hidden, width, scale=0.3), "up.weight": drawn(hidden, width, scale=0.3), "out.weight": drawn(width, hidden, scale=0.3)}
    return {**norms, **own, **fed}


for shape, base in (((2, 5, 8), 10000.0), ((1, 1, 2), 10000.0), ((3, 2, 9, 6), 100.0)):
    case("rotary", lambda i, p: turned(i["x"], base), {"x": drawn(*shape)}, attrs={"base": base})
for heads, kv_heads, width, steps, causal, rotary in (
    (4, 2, 8, 5, True, False), (4, 1, 12, 7, False, False), (6, 3, 18, 3, True, False), (2, 2, 8, 6, True, True),
    (4, 2, 16, 9, True, True), (3, 1, 6, 1, True, True), (4, 4, 8, 5, False, True),
):
    attrs = {"heads": heads, "kv_heads": kv_heads, "causal": causal, "rotary": rotary}
    case("attention", lambda i, p: attention(i["x"], p, "", heads, kv_heads, causal, rotary), {"x": drawn(2, steps, width)},
         attention_params("", heads, kv_heads, width), attrs)
for heads, kv_heads, width, steps, expansion, rotary, feed_forward in (
    (2, 2, 8, 4, 4, False, "swiglu"), (4, 2, 8, 5, 2, True, "swiglu"), (3, 1, 12, 7, 3, True, "swiglu"), (1, 1, 5, 1, 1, False, "swiglu"),
    (2, 1, 12, 6, 2, True, "gelu"),
):
    attrs = {"heads": heads, "kv_heads": kv_heads, "rotary": rotary, "feed_forward": feed_forward, "expansion": expansion}
    case("transformer_block", lambda i, p: block(i["x"], p, heads, kv_heads, rotary, feed_forward), {"x": drawn(2, steps, width)},
         block_params(heads, kv_heads, width, expansion * width, feed_forward), attrs)


# ---- other layers at their edges

for channels, filters, side, attrs in (
    (4, 6, (9, 7), {"stride": 2, "padding": 2, "dilation": 2, "groups": 2}), (1, 1, (3, 3), {"stride": 1, "padding": 0, "dilation": 1, "groups": 1}),
    (3, 5, (5, 8), {"stride": 3, "padding": 1, "dilation": 1, "groups": 1}), (6, 6, (6, 6), {"stride": 1, "padding": 1, "dilation": 1, "groups": 6}),
):
    case("conv2d", lambda i, p: F.conv2d(i["x"], p["weight"], p["bias"], **attrs), {"x": drawn(2, channels, *side)},
         {"weight": drawn(filters, channels // attrs["groups"], 3, 3, scale=0.5), "bias": drawn(filters)}, {"kernel": 3, **attrs})
for kernel, stride, padding, side in ((3, 2, 1, (7, 6)), (3, 1, 1, (4, 5)), (2, 1, 0, (2, 2)), (1, 1, 0, (3, 1))):
    attrs = {"kernel": kernel, "stride": stride, "padding": padding}
    case("max_pool2d", lambda i, p: F.max_pool2d(i["x"], kernel, stride, padding), {"x": drawn(2, 3, *side)}, attrs=attrs)
    case("avg_pool2d", lambda i, p: F.avg_pool2d(i["x"], kernel, stride, padding), {"x": drawn(2, 3, *side)}, attrs=attrs)
# Two numbers become -1 and 1 whatever they are: with a small epsilon their gradient is nothing but rounding.
for shape, eps in (((4, 3, 5, 2), 1e-5), ((2, 1, 3, 3), 1e-5), ((9, 7), 1e-5), ((2, 1), 0.5)):
    params = {"weight": drawn(shape[1]), "bias": drawn(shape[1])}
    case("batch_norm_train", lambda i, p: F.batch_norm(i["x"], None, None, p["weight"], p["bias"], True, eps=eps), {"x": drawn(*shape)}, params, {"eps": eps})
for groups, shape in ((3, (2, 6, 3, 1)), (1, (2, 5, 2, 3)), (5, (1, 5, 2, 2))):
    params = {"weight": drawn(shape[1]), "bias": drawn(shape[1])}
    case("group_norm", lambda i, p: F.group_norm(i["x"], groups, p["weight"], p["bias"]), {"x": drawn(*shape)}, params, {"groups": groups, "eps": 1e-5})
for width, eps in ((2, 0.5), (9, 1e-5), (33, 1e-5)):
    case("layer_norm", lambda i, p: F.layer_norm(i["x"], (width,), p["weight"], p["bias"], eps), {"x": drawn(3, width)},
         {"weight": drawn(width), "bias": drawn(width)}, {"eps": eps})
for width, eps in ((1, 0.5), (2, 0.5), (9, 1e-5), (33, 1e-5)):
    case("rms_norm", lambda i, p: F.rms_norm(i["x"], (width,), p["weight"], eps), {"x": drawn(3, width)}, {"weight": drawn(width)}, {"eps": eps})
for label, kind, gates in (("rnn_tanh", nn.RNN, 1), ("gru", nn.GRU, 3), ("lstm", nn.LSTM, 4)):
    for rows, steps, inputs, hidden in ((1, 1, 1, 1), (3, 6, 4, 13), (2, 9, 7, 8)):
        layer = kind(inputs, hidden, batch_first=True)
        params = {name: value.detach() for name, value in layer.named_parameters()}
        case(label, lambda i, p: torch.func.functional_call(layer, p, (i["x"],))[0], {"x": drawn(rows, steps, inputs)}, params)

# ---- 25 steps of optimizers under bounds and schedules

x, y = torch.randn(16, 3), torch.randn(16, 2)
start = {"0.weight": drawn(5, 3, scale=0.5), "0.bias": drawn(5, scale=0.1), "2.weight": drawn(2, 5, scale=0.5), "2.bias": drawn(2, scale=0.1)}
trajectories = []
steps = 25


def trajectory(label, attrs, optimizer_of, schedule_of=None, after_backward=None):
    model = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 2))
    model.load_state_dict(start)
    optimizer = optimizer_of(model.parameters())
    schedule = schedule_of(optimizer) if schedule_of else None
    loss, rate, norm = [], [], []
    for _ in range(steps):
        optimizer.zero_grad()
        value = F.mse_loss(model(x), y)
        value.backward()
        loss.append(value.item())
        rate.append(optimizer.param_groups[0]["lr"])
        norm.append(torch.cat([p.grad.reshape(-1) for p in model.parameters()]).norm().item())
        if after_backward:
            after_backward(model)
        optimizer.step()
        if schedule:
            schedule.step()
    trajectories.append({
        "label": label, "attrs": attrs, "init": {k: written(v) for k, v in start.items()},
        "final": {k: written(v) for k, v in model.state_dict().items()}, "loss": loss, "lr": rate, "grad_norm": norm,
    })


def sgd(lr):
    return lambda params: torch.optim.SGD(params, lr=lr)


schedules = torch.optim.lr_scheduler
trajectory("sgd_clip_value", {"lr": 0.05, "clip_value": 0.02}, sgd(0.05), None, lambda m: nn.utils.clip_grad_value_(m.parameters(), 0.02))
trajectory("sgd_linear", {"lr": 0.05, "schedule": "linear", "total_iters": 20, "end_factor": 0.1}, sgd(0.05),
           lambda o: schedules.LinearLR(o, 1.0, 0.1, 20))
trajectory("sgd_one_cycle", {"lr": 0.05, "schedule": "one-cycle", "total_steps": 26}, sgd(0.05),
           lambda o: schedules.OneCycleLR(o, 0.05, total_steps=26, cycle_momentum=False))
trajectory("adam", {"lr": 0.02, "betas": [0.8, 0.95], "eps": 1e-6}, lambda p: torch.optim.Adam(p, lr=0.02, betas=(0.8, 0.95), eps=1e-6))
trajectory("adam", {"lr": 0.02, "clip_norm": 0.1}, lambda p: torch.optim.Adam(p, lr=0.02), None,
           lambda m: nn.utils.clip_grad_norm_(m.parameters(), 0.1))
trajectory("adamw", {"lr": 0.01, "betas": [0.9, 0.99], "weight_decay": 0.3}, lambda p: torch.optim.AdamW(p, lr=0.01, betas=(0.9, 0.99), weight_decay=0.3))
trajectory("rmsprop", {"lr": 0.02, "alpha": 0.8, "eps": 1e-6}, lambda p: torch.optim.RMSprop(p, lr=0.02, alpha=0.8, eps=1e-6))

head = {"torch": torch.__version__.split("+")[0], "seed": seed}
files = {
    "more-functions": {**head, "cases": cases},
    "more-optimizers": {**head, "model": "Linear(3,5) tanh Linear(5,2), mean MSE, full batch", "x": written(x), "y": written(y), "cases": trajectories},
}
for name, content in files.items():
    with open(os.path.join(folder, f"{name}.json"), "w") as file:
        json.dump({"name": name, **content}, file, separators=(",", ":"))
        file.write("\n")
print(f"{len(cases)} functions, {len(trajectories)} trajectories")
