"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.softmax = softmax;
exports.softmax_gradient = softmax_gradient;
exports.useScratch = useScratch;
exports.cross_entropy = cross_entropy;
exports.cross_entropy_gradient = cross_entropy_gradient;
exports.cross_entropy_both = cross_entropy_both;
exports.mse = mse;
exports.mse_gradient = mse_gradient;
// Softmax, its gradient, and the losses that are computed from it.
const math_1 = require("./math");
const memory_1 = require("./memory");
const reduce_1 = require("./reduce");
/** Largest of a row; NaN where the row has one. */
function maxRow(from, count) {
    let largest = f32x4.splat(-Infinity);
    for (; count >= 4; count -= 4) {
        largest = f32x4.max(largest, v128.load(from));
        from += 16;
    }
    if (count > 0)
        largest = f32x4.max(largest, (0, memory_1.loadPart)(from, count, -Infinity));
    return max(max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)), max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)));
}
/** to = e^(x - max); returns the sum of the row. */
function exponentials(from, to, width) {
    const shift = f32x4.splat(maxRow(from, width));
    let total = f32x4.splat(0);
    for (; width >= 4; width -= 4) {
        const e = (0, math_1.exp4)(f32x4.sub(v128.load(from), shift));
        total = f32x4.add(total, e);
        v128.store(to, e);
        from += 16;
        to += 16;
    }
    if (width > 0) {
        const e = (0, math_1.exp4)(f32x4.sub((0, memory_1.loadPart)(from, width, -Infinity), shift));
        (0, memory_1.storePart)(to, e, width);
        total = f32x4.add(total, (0, memory_1.loadPart)(to, width, 0));
    }
    return (0, memory_1.sumLanes)(total);
}
function scaleRow(at, width, factor) {
    const by = f32x4.splat(factor);
    for (; width >= 4; width -= 4) {
        v128.store(at, f32x4.mul(v128.load(at), by));
        at += 16;
    }
    if (width > 0)
        (0, memory_1.storePart)(at, f32x4.mul((0, memory_1.loadPart)(at, width, 0), by), width);
}
/** words: x, out, rows, width. */
function softmax(words) {
    let from = (0, memory_1.address)(words, 0);
    let to = (0, memory_1.address)(words, 1);
    const width = (0, memory_1.word)(words, 3);
    for (let row = (0, memory_1.word)(words, 2); row > 0; row--) {
        const total = exponentials(from, to, width);
        scaleRow(to, width, 1 / total);
        from += width << 2;
        to += width << 2;
    }
}
/** words: y, dy, out, rows, width. */
function softmax_gradient(words) {
    let y = (0, memory_1.address)(words, 0);
    let upstream = (0, memory_1.address)(words, 1);
    let to = (0, memory_1.address)(words, 2);
    const width = (0, memory_1.word)(words, 4);
    for (let row = (0, memory_1.word)(words, 3); row > 0; row--) {
        let left = width;
        for (let i = 0; left > 0; i += 16) {
            if (left >= 4)
                v128.store(to + i, f32x4.mul(v128.load(y + i), v128.load(upstream + i)));
            else
                (0, memory_1.storePart)(to + i, f32x4.mul((0, memory_1.loadPart)(y + i, left, 0), (0, memory_1.loadPart)(upstream + i, left, 0)), left);
            left -= 4;
        }
        const dot = f32x4.splat((0, reduce_1.sumRow)(to, width));
        left = width;
        for (let i = 0; left > 0; i += 16) {
            if (left >= 4)
                v128.store(to + i, f32x4.mul(v128.load(y + i), f32x4.sub(v128.load(upstream + i), dot)));
            else
                (0, memory_1.storePart)(to + i, f32x4.mul((0, memory_1.loadPart)(y + i, left, 0), f32x4.sub((0, memory_1.loadPart)(upstream + i, left, 0), dot)), left);
            left -= 4;
        }
        y += width << 2;
        upstream += width << 2;
        to += width << 2;
    }
}
/** Sum of a row without one of its elements, at least the smallest share of the whole (see ops/cross-entropy.ts). */
function sumOthers(at, width, right, total) {
    const cell = at + (right << 2);
    const kept = load(cell);
    store(cell, 0);
    const others = (0, reduce_1.sumRow)(at, width);
    store(cell, kept);
    return max(others, 1e-12 * total);
}
let scratch = 0;
/** Memory for one row of classes, given by the host: `useScratch(address)`. */
function useScratch(at) {
    scratch = at;
}
function lossOfRow(logits, target, e, width) {
    const right = load(target);
    const reward = load(target, 4);
    const total = exponentials(logits, e, width);
    if (reward >= 0) {
        const gap = load(logits + (right << 2)) - maxRow(logits, width);
        return -reward * (gap - Math.log(total));
    }
    return reward * Math.log(sumOthers(e, width, right, total) / total);
}
/** Turns the exponentials of a row in place into the gradient with respect to its logits. */
function gradientOfRow(target, e, width, share) {
    const right = load(target);
    const reward = load(target, 4);
    const total = (0, reduce_1.sumRow)(e, width);
    const cell = e + (right << 2);
    let pull = reward;
    if (reward < 0)
        pull = (reward * load(cell)) / sumOthers(e, width, right, total);
    pull *= share;
    scaleRow(e, width, pull / total);
    store(cell, load(cell) - pull);
}
/** words: logits, targets, loss, rows, width. */
function cross_entropy(words) {
    let logits = (0, memory_1.address)(words, 0);
    let target = (0, memory_1.address)(words, 1);
    const rows = (0, memory_1.word)(words, 3);
    const width = (0, memory_1.word)(words, 4);
    let total = 0;
    for (let row = 0; row < rows; row++) {
        total += lossOfRow(logits, target, scratch, width);
        logits += width << 2;
        target += 8;
    }
    store((0, memory_1.address)(words, 2), (total / rows));
}
/** words: logits, targets, upstream, out, rows, width. */
function cross_entropy_gradient(words) {
    let logits = (0, memory_1.address)(words, 0);
    let target = (0, memory_1.address)(words, 1);
    let to = (0, memory_1.address)(words, 3);
    const rows = (0, memory_1.word)(words, 4);
    const width = (0, memory_1.word)(words, 5);
    const share = load((0, memory_1.address)(words, 2)) / rows;
    for (let row = 0; row < rows; row++) {
        exponentials(logits, to, width);
        gradientOfRow(target, to, width, share);
        logits += width << 2;
        to += width << 2;
        target += 8;
    }
}
/** Both at once; words: logits, targets, upstream, out, rows, width, loss. */
function cross_entropy_both(words) {
    let logits = (0, memory_1.address)(words, 0);
    let target = (0, memory_1.address)(words, 1);
    let to = (0, memory_1.address)(words, 3);
    const rows = (0, memory_1.word)(words, 4);
    const width = (0, memory_1.word)(words, 5);
    const share = load((0, memory_1.address)(words, 2)) / rows;
    let total = 0;
    for (let row = 0; row < rows; row++) {
        total += lossOfRow(logits, target, to, width);
        gradientOfRow(target, to, width, share);
        logits += width << 2;
        to += width << 2;
        target += 8;
    }
    store((0, memory_1.address)(words, 6), (total / rows));
}
/** words: x, y, loss, count. */
function mse(words) {
    let x = (0, memory_1.address)(words, 0);
    let y = (0, memory_1.address)(words, 1);
    const count = (0, memory_1.word)(words, 3);
    let left = count;
    let total = f32x4.splat(0);
    for (; left >= 4; left -= 4) {
        const gap = f32x4.sub(v128.load(x), v128.load(y));
        total = f32x4.relaxed_madd(gap, gap, total);
        x += 16;
        y += 16;
    }
    if (left > 0) {
        const gap = f32x4.sub((0, memory_1.loadPart)(x, left, 0), (0, memory_1.loadPart)(y, left, 0));
        total = f32x4.relaxed_madd(gap, gap, total);
    }
    store((0, memory_1.address)(words, 2), (0, memory_1.sumLanes)(total) / count);
}
/** words: x, y, upstream, out, count. */
function mse_gradient(words) {
    let x = (0, memory_1.address)(words, 0);
    let y = (0, memory_1.address)(words, 1);
    let to = (0, memory_1.address)(words, 3);
    let left = (0, memory_1.word)(words, 4);
    const factor = f32x4.splat((2 / left) * load((0, memory_1.address)(words, 2)));
    for (; left >= 4; left -= 4) {
        v128.store(to, f32x4.mul(f32x4.sub(v128.load(x), v128.load(y)), factor));
        x += 16;
        y += 16;
        to += 16;
    }
    if (left > 0)
        (0, memory_1.storePart)(to, f32x4.mul(f32x4.sub((0, memory_1.loadPart)(x, left, 0), (0, memory_1.loadPart)(y, left, 0)), factor), left);
}
