"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.sum = sum;
exports.sumRow = sumRow;
// Sums in one fixed order (see src/core/ops/sum.ts).
const memory_1 = require("./memory");
/** [outer, reduced, inner] -> [outer, inner]; words: x, out, outer, reduced, inner. */
function sum(words) {
    let from = (0, memory_1.address)(words, 0);
    let to = (0, memory_1.address)(words, 1);
    const outer = (0, memory_1.word)(words, 2);
    const reduced = (0, memory_1.word)(words, 3);
    const inner = (0, memory_1.word)(words, 4);
    for (let i = 0; i < outer; i++) {
        if (inner == 1) {
            store(to, sumRow(from, reduced));
        }
        else {
            sumColumns(from, to, reduced, inner);
        }
        from += (reduced * inner) << 2;
        to += inner << 2;
    }
}
/** Lane j adds every fourth term from the j-th on; then (0 + 1) + (2 + 3). */
function sumRow(from, count) {
    let total = f32x4.splat(0);
    for (; count >= 4; count -= 4) {
        total = f32x4.add(total, v128.load(from));
        from += 16;
    }
    if (count > 0)
        total = f32x4.add(total, (0, memory_1.loadPart)(from, count, 0));
    return (0, memory_1.sumLanes)(total);
}
function sumColumns(from, to, rows, columns) {
    const stride = columns << 2;
    let left = columns;
    for (; left >= 4; left -= 4) {
        let total = f32x4.splat(0);
        let at = from;
        for (let row = 0; row < rows; row++) {
            total = f32x4.add(total, v128.load(at));
            at += stride;
        }
        v128.store(to, total);
        from += 16;
        to += 16;
    }
    if (left > 0) {
        let total = f32x4.splat(0);
        let at = from;
        for (let row = 0; row < rows; row++) {
            total = f32x4.add(total, (0, memory_1.loadPart)(at, left, 0));
            at += stride;
        }
        (0, memory_1.storePart)(to, total, left);
    }
}
