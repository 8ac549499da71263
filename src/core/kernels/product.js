"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.usePanel = usePanel;
exports.matmul = matmul;
// The matrix product. B is packed panel by panel (8 columns, padded with zeros); A is read where it lies.
// Every element: blocks of 256 terms in order, each one chain of fused multiply-adds from 0, added one after the other.
const elementwise_1 = require("./elementwise");
const memory_1 = require("./memory");
// @ts-ignore: decorator
const block = 256;
let panel = 0;
/** Memory for one packed panel of B (256 x 8 floats), given by the host. */
function usePanel(at) {
    panel = at;
}
/** words: A, B, out, batch, M, N, K, strides of A (row, depth), of B (depth, column), bias (0 none), activation (0 none). */
function matmul(words) {
    let a = (0, memory_1.address)(words, 0);
    let b = (0, memory_1.address)(words, 1);
    let c = (0, memory_1.address)(words, 2);
    const M = (0, memory_1.word)(words, 4);
    const N = (0, memory_1.word)(words, 5);
    const K = (0, memory_1.word)(words, 6);
    const bias = (0, memory_1.address)(words, 11);
    for (let n = (0, memory_1.word)(words, 3); n > 0; n--) {
        productOf(a, b, c, M, N, K, words);
        if (bias != 0)
            addBias(c, bias, M, N);
        activate(c, M * N, (0, memory_1.word)(words, 12));
        a += (M * K) << 2;
        b += (K * N) << 2;
        c += (M * N) << 2;
    }
}
function productOf(a, b, c, M, N, K, words) {
    const rowA = (0, memory_1.word)(words, 7) << 2;
    const depthA = (0, memory_1.word)(words, 8) << 2;
    const depthB = (0, memory_1.word)(words, 9) << 2;
    const columnB = (0, memory_1.word)(words, 10) << 2;
    if (K == 0)
        memory.fill(c, 0, (M * N) << 2);
    for (let k0 = 0; k0 < K; k0 += block) {
        const depth = min(block, K - k0);
        for (let j = 0; j < N; j += 8) {
            const columns = min(8, N - j);
            packPanel(b + k0 * depthB + j * columnB, depth, columns, depthB, columnB);
            const from = a + k0 * depthA;
            const to = c + (j << 2);
            let i = 0;
            for (; i + 4 <= M; i += 4) {
                fourRows(from + i * rowA, rowA, depthA, depth, to + ((i * N) << 2), N, columns, k0 > 0);
            }
            for (; i < M; i++) {
                oneRow(from + i * rowA, depthA, depth, to + ((i * N) << 2), columns, k0 > 0);
            }
        }
    }
}
function packPanel(from, depth, columns, depthB, columnB) {
    let to = panel;
    if (columns == 8 && columnB == 4) {
        for (let k = 0; k < depth; k++) {
            const low = v128.load(from);
            const high = v128.load(from, 16);
            v128.store(to, low);
            v128.store(to, high, 16);
            from += depthB;
            to += 32;
        }
        return;
    }
    for (let k = 0; k < depth; k++) {
        let at = from;
        for (let j = 0; j < columns; j++) {
            store(to + (j << 2), load(at));
            at += columnB;
        }
        for (let j = columns; j < 8; j++)
            store(to + (j << 2), 0);
        from += depthB;
        to += 32;
    }
}
/** Writes or adds one row of a block's result: up to 8 columns. */
// @ts-ignore: decorator
function finish(to, low, high, columns, more) {
    if (columns == 8) {
        if (more) {
            const oldLow = v128.load(to);
            const oldHigh = v128.load(to, 16);
            low = f32x4.add(oldLow, low);
            high = f32x4.add(oldHigh, high);
        }
        v128.store(to, low);
        v128.store(to, high, 16);
    }
    else {
        finishPart(to, low, min(columns, 4), more);
        if (columns > 4)
            finishPart(to + 16, high, columns - 4, more);
    }
}
function finishPart(to, value, count, more) {
    if (count == 4) {
        v128.store(to, more ? f32x4.add(v128.load(to), value) : value);
    }
    else {
        (0, memory_1.storePart)(to, more ? f32x4.add((0, memory_1.loadPart)(to, count, 0), value) : value, count);
    }
}
function fourRows(a, row, step, depth, c, N, columns, more) {
    let low0 = f32x4.splat(0);
    let high0 = low0;
    let low1 = low0;
    let high1 = low0;
    let low2 = low0;
    let high2 = low0;
    let low3 = low0;
    let high3 = low0;
    let b = panel;
    let a1 = a + row;
    let a2 = a1 + row;
    let a3 = a2 + row;
    for (let k = 0; k < depth; k++) {
        const low = v128.load(b);
        const high = v128.load(b, 16);
        let x = v128.load32_splat(a);
        low0 = f32x4.relaxed_madd(x, low, low0);
        high0 = f32x4.relaxed_madd(x, high, high0);
        x = v128.load32_splat(a1);
        low1 = f32x4.relaxed_madd(x, low, low1);
        high1 = f32x4.relaxed_madd(x, high, high1);
        x = v128.load32_splat(a2);
        low2 = f32x4.relaxed_madd(x, low, low2);
        high2 = f32x4.relaxed_madd(x, high, high2);
        x = v128.load32_splat(a3);
        low3 = f32x4.relaxed_madd(x, low, low3);
        high3 = f32x4.relaxed_madd(x, high, high3);
        b += 32;
        a += step;
        a1 += step;
        a2 += step;
        a3 += step;
    }
    const width = N << 2;
    finish(c, low0, high0, columns, more);
    finish(c + width, low1, high1, columns, more);
    finish(c + 2 * width, low2, high2, columns, more);
    finish(c + 3 * width, low3, high3, columns, more);
}
function oneRow(a, step, depth, c, columns, more) {
    let low = f32x4.splat(0);
    let high = low;
    let b = panel;
    for (let k = 0; k < depth; k++) {
        const x = v128.load32_splat(a);
        low = f32x4.relaxed_madd(x, v128.load(b), low);
        high = f32x4.relaxed_madd(x, v128.load(b, 16), high);
        b += 32;
        a += step;
    }
    finish(c, low, high, columns, more);
}
function addBias(c, bias, M, N) {
    for (let i = 0; i < M; i++) {
        let left = N;
        for (let at = 0; left > 0; at += 16) {
            if (left >= 4)
                v128.store(c + at, f32x4.add(v128.load(c + at), v128.load(bias + at)));
            else
                (0, memory_1.storePart)(c + at, f32x4.add((0, memory_1.loadPart)(c + at, left, 0), (0, memory_1.loadPart)(bias + at, left, 0)), left);
            left -= 4;
        }
        c += N << 2;
    }
}
/** Numbers of the activations that can follow a product directly: see exec/fuse.ts. */
function activate(at, count, activation) {
    if (activation == 1)
        (0, elementwise_1.reluRows)(at, at, count);
    else if (activation == 2)
        (0, elementwise_1.sigmoidRows)(at, at, count);
    else if (activation == 3)
        (0, elementwise_1.tanhRows)(at, at, count);
}
