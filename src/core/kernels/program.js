"use strict";
// Runs a planned program: a row of instructions, each a kernel's place in the table, the number of its words, its words.
Object.defineProperty(exports, "__esModule", { value: true });
exports.run = run;
exports.multiplyAddIsFused = multiplyAddIsFused;
exports.heapBase = heapBase;
/**
 * Runs the instructions from `start` to `end`, `steps` times, adding `advanceBy` to the cursor after each.
 *
 * Returns the number of steps done: fewer than asked when the guard's value is not finite after one of them.
 */
function run(start, end, steps, cursor, advanceBy, guard) {
    for (let step = 1; step <= steps; step++) {
        for (let at = start; at < end;) {
            call_indirect(load(at), at + 8);
            at += 8 + (load(at, 4) << 2);
        }
        if (cursor != 0)
            store(cursor, load(cursor) + advanceBy);
        if (guard != 0 && !(abs(load(guard)) < Infinity))
            return step;
    }
    return steps;
}
/** 1 where relaxed multiply-add rounds once, as the promise of equal bits needs; 0 where it rounds twice. */
function multiplyAddIsFused() {
    // (1 + e)(1 - e) - 1 is -e^2 when rounded once and 0 when the product is rounded first
    const e = 0.0001220703125;
    const value = f32x4.relaxed_madd(f32x4.splat(1 + e), f32x4.splat(1 - e), f32x4.splat(-1));
    return f32x4.extract_lane(value, 0) != 0 ? 1 : 0;
}
/** First byte that belongs to the host. */
function heapBase() {
    return __heap_base;
}
