"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.add = add;
exports.sub = sub;
exports.mul = mul;
exports.relu = relu;
exports.reluRows = reluRows;
exports.sigmoid = sigmoid;
exports.sigmoidRows = sigmoidRows;
exports.tanh = tanh;
exports.tanhRows = tanhRows;
exports.relu_gradient = relu_gradient;
exports.sigmoid_gradient = sigmoid_gradient;
exports.tanh_gradient = tanh_gradient;
exports.scale = scale;
exports.expand = expand;
exports.copy = copy;
// Elementwise kernels. All have one of four forms, so that who has read one has read all.
const memory_1 = require("./memory");
const math_1 = require("./math");
/** out = a + b over four axes; words: a, b, out, sides[4], strides of a[4], strides of b[4]. */
function add(words) {
    let out = (0, memory_1.address)(words, 2);
    const inner = (0, memory_1.word)(words, 6);
    const stepA = (0, memory_1.word)(words, 10);
    const stepB = (0, memory_1.word)(words, 14);
    for (let i = 0; i < (0, memory_1.word)(words, 3); i++) {
        for (let j = 0; j < (0, memory_1.word)(words, 4); j++) {
            for (let k = 0; k < (0, memory_1.word)(words, 5); k++) {
                const a0 = (0, memory_1.address)(words, 0) + ((i * (0, memory_1.word)(words, 7) + j * (0, memory_1.word)(words, 8) + k * (0, memory_1.word)(words, 9)) << 2);
                const b0 = (0, memory_1.address)(words, 1) + ((i * (0, memory_1.word)(words, 11) + j * (0, memory_1.word)(words, 12) + k * (0, memory_1.word)(words, 13)) << 2);
                let n = 0;
                if (stepA == 1 && stepB == 1) {
                    for (; n + 4 <= inner; n += 4) {
                        const a = v128.load(a0 + (n << 2));
                        const b = v128.load(b0 + (n << 2));
                        v128.store(out + (n << 2), f32x4.add(a, b));
                    }
                }
                for (; n < inner; n++) {
                    const x = load(a0 + ((n * stepA) << 2));
                    const y = load(b0 + ((n * stepB) << 2));
                    store(out + (n << 2), x + y);
                }
                out += inner << 2;
            }
        }
    }
}
/** out = a - b over four axes; words: a, b, out, sides[4], strides of a[4], strides of b[4]. */
function sub(words) {
    let out = (0, memory_1.address)(words, 2);
    const inner = (0, memory_1.word)(words, 6);
    const stepA = (0, memory_1.word)(words, 10);
    const stepB = (0, memory_1.word)(words, 14);
    for (let i = 0; i < (0, memory_1.word)(words, 3); i++) {
        for (let j = 0; j < (0, memory_1.word)(words, 4); j++) {
            for (let k = 0; k < (0, memory_1.word)(words, 5); k++) {
                const a0 = (0, memory_1.address)(words, 0) + ((i * (0, memory_1.word)(words, 7) + j * (0, memory_1.word)(words, 8) + k * (0, memory_1.word)(words, 9)) << 2);
                const b0 = (0, memory_1.address)(words, 1) + ((i * (0, memory_1.word)(words, 11) + j * (0, memory_1.word)(words, 12) + k * (0, memory_1.word)(words, 13)) << 2);
                let n = 0;
                if (stepA == 1 && stepB == 1) {
                    for (; n + 4 <= inner; n += 4) {
                        const a = v128.load(a0 + (n << 2));
                        const b = v128.load(b0 + (n << 2));
                        v128.store(out + (n << 2), f32x4.sub(a, b));
                    }
                }
                for (; n < inner; n++) {
                    const x = load(a0 + ((n * stepA) << 2));
                    const y = load(b0 + ((n * stepB) << 2));
                    store(out + (n << 2), x - y);
                }
                out += inner << 2;
            }
        }
    }
}
/** out = a * b over four axes; words: a, b, out, sides[4], strides of a[4], strides of b[4]. */
function mul(words) {
    let out = (0, memory_1.address)(words, 2);
    const inner = (0, memory_1.word)(words, 6);
    const stepA = (0, memory_1.word)(words, 10);
    const stepB = (0, memory_1.word)(words, 14);
    for (let i = 0; i < (0, memory_1.word)(words, 3); i++) {
        for (let j = 0; j < (0, memory_1.word)(words, 4); j++) {
            for (let k = 0; k < (0, memory_1.word)(words, 5); k++) {
                const a0 = (0, memory_1.address)(words, 0) + ((i * (0, memory_1.word)(words, 7) + j * (0, memory_1.word)(words, 8) + k * (0, memory_1.word)(words, 9)) << 2);
                const b0 = (0, memory_1.address)(words, 1) + ((i * (0, memory_1.word)(words, 11) + j * (0, memory_1.word)(words, 12) + k * (0, memory_1.word)(words, 13)) << 2);
                let n = 0;
                if (stepA == 1 && stepB == 1) {
                    for (; n + 4 <= inner; n += 4) {
                        const a = v128.load(a0 + (n << 2));
                        const b = v128.load(b0 + (n << 2));
                        v128.store(out + (n << 2), f32x4.mul(a, b));
                    }
                }
                for (; n < inner; n++) {
                    const x = load(a0 + ((n * stepA) << 2));
                    const y = load(b0 + ((n * stepB) << 2));
                    store(out + (n << 2), x * y);
                }
                out += inner << 2;
            }
        }
    }
}
/** out = max(0, x); words: x, out, count. */
function relu(words) {
    reluRows((0, memory_1.address)(words, 0), (0, memory_1.address)(words, 1), (0, memory_1.word)(words, 2));
}
/** The same for `count` floats from one address to another, which may be equal. */
function reluRows(from, to, count) {
    for (; count >= 4; count -= 4) {
        const x = v128.load(from);
        v128.store(to, (0, math_1.relu4)(x));
        from += 16;
        to += 16;
    }
    if (count > 0) {
        const x = (0, memory_1.loadPart)(from, count, 0);
        (0, memory_1.storePart)(to, (0, math_1.relu4)(x), count);
    }
}
/** out = 1 / (1 + e^-x); words: x, out, count. */
function sigmoid(words) {
    sigmoidRows((0, memory_1.address)(words, 0), (0, memory_1.address)(words, 1), (0, memory_1.word)(words, 2));
}
/** The same for `count` floats from one address to another, which may be equal. */
function sigmoidRows(from, to, count) {
    for (; count >= 4; count -= 4) {
        const x = v128.load(from);
        v128.store(to, (0, math_1.sigmoid4)(x));
        from += 16;
        to += 16;
    }
    if (count > 0) {
        const x = (0, memory_1.loadPart)(from, count, 0);
        (0, memory_1.storePart)(to, (0, math_1.sigmoid4)(x), count);
    }
}
/** out = tanh x; words: x, out, count. */
function tanh(words) {
    tanhRows((0, memory_1.address)(words, 0), (0, memory_1.address)(words, 1), (0, memory_1.word)(words, 2));
}
/** The same for `count` floats from one address to another, which may be equal. */
function tanhRows(from, to, count) {
    for (; count >= 4; count -= 4) {
        const x = v128.load(from);
        v128.store(to, (0, math_1.tanh4)(x));
        from += 16;
        to += 16;
    }
    if (count > 0) {
        const x = (0, memory_1.loadPart)(from, count, 0);
        (0, memory_1.storePart)(to, (0, math_1.tanh4)(x), count);
    }
}
/** out = dy where y > 0, else 0; words: y, dy, out, count. */
function relu_gradient(words) {
    let saved = (0, memory_1.address)(words, 0);
    let upstream = (0, memory_1.address)(words, 1);
    let out = (0, memory_1.address)(words, 2);
    let count = (0, memory_1.word)(words, 3);
    for (; count >= 4; count -= 4) {
        const y = v128.load(saved);
        const dy = v128.load(upstream);
        v128.store(out, v128.and(f32x4.gt(y, f32x4.splat(0)), dy));
        saved += 16;
        upstream += 16;
        out += 16;
    }
    if (count > 0) {
        const y = (0, memory_1.loadPart)(saved, count, 0);
        const dy = (0, memory_1.loadPart)(upstream, count, 0);
        (0, memory_1.storePart)(out, v128.and(f32x4.gt(y, f32x4.splat(0)), dy), count);
    }
}
/** out = y (1 - y) dy; words: y, dy, out, count. */
function sigmoid_gradient(words) {
    let saved = (0, memory_1.address)(words, 0);
    let upstream = (0, memory_1.address)(words, 1);
    let out = (0, memory_1.address)(words, 2);
    let count = (0, memory_1.word)(words, 3);
    for (; count >= 4; count -= 4) {
        const y = v128.load(saved);
        const dy = v128.load(upstream);
        v128.store(out, f32x4.mul(f32x4.mul(y, f32x4.sub(f32x4.splat(1), y)), dy));
        saved += 16;
        upstream += 16;
        out += 16;
    }
    if (count > 0) {
        const y = (0, memory_1.loadPart)(saved, count, 0);
        const dy = (0, memory_1.loadPart)(upstream, count, 0);
        (0, memory_1.storePart)(out, f32x4.mul(f32x4.mul(y, f32x4.sub(f32x4.splat(1), y)), dy), count);
    }
}
/** out = (1 - y^2) dy; words: y, dy, out, count. */
function tanh_gradient(words) {
    let saved = (0, memory_1.address)(words, 0);
    let upstream = (0, memory_1.address)(words, 1);
    let out = (0, memory_1.address)(words, 2);
    let count = (0, memory_1.word)(words, 3);
    for (; count >= 4; count -= 4) {
        const y = v128.load(saved);
        const dy = v128.load(upstream);
        v128.store(out, f32x4.mul(f32x4.relaxed_nmadd(y, y, f32x4.splat(1)), dy));
        saved += 16;
        upstream += 16;
        out += 16;
    }
    if (count > 0) {
        const y = (0, memory_1.loadPart)(saved, count, 0);
        const dy = (0, memory_1.loadPart)(upstream, count, 0);
        (0, memory_1.storePart)(out, f32x4.mul(f32x4.relaxed_nmadd(y, y, f32x4.splat(1)), dy), count);
    }
}
/** out = x * factor; words: x, out, count, factor. */
function scale(words) {
    let from = (0, memory_1.address)(words, 0);
    let to = (0, memory_1.address)(words, 1);
    const factor = f32x4.splat((0, memory_1.real)(words, 3));
    let count = (0, memory_1.word)(words, 2);
    for (; count >= 4; count -= 4) {
        v128.store(to, f32x4.mul(v128.load(from), factor));
        from += 16;
        to += 16;
    }
    if (count > 0)
        (0, memory_1.storePart)(to, f32x4.mul((0, memory_1.loadPart)(from, count, 0), factor), count);
}
/** Repeats x along axes of stride 0; words: x, out, sides[4], strides[4]. */
function expand(words) {
    let out = (0, memory_1.address)(words, 1);
    const inner = (0, memory_1.word)(words, 5);
    const step = (0, memory_1.word)(words, 9);
    for (let i = 0; i < (0, memory_1.word)(words, 2); i++) {
        for (let j = 0; j < (0, memory_1.word)(words, 3); j++) {
            for (let k = 0; k < (0, memory_1.word)(words, 4); k++) {
                const row = (0, memory_1.address)(words, 0) + ((i * (0, memory_1.word)(words, 6) + j * (0, memory_1.word)(words, 7) + k * (0, memory_1.word)(words, 8)) << 2);
                for (let n = 0; n < inner; n++) {
                    store(out, load(row + ((n * step) << 2)));
                    out += 4;
                }
            }
        }
    }
}
/** Copies count floats; words: from, to, count. */
function copy(words) {
    memory.copy((0, memory_1.address)(words, 1), (0, memory_1.address)(words, 0), (0, memory_1.word)(words, 2) << 2);
}
