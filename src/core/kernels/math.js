"use strict";
// exp and tanh of four floats: polynomials of Cephes (S. Moshier, expf and tanhf), at most 2 units in the last place.
// Computed here so that every computer gets the same bits, whatever its own mathematics library does.
Object.defineProperty(exports, "__esModule", { value: true });
exports.exp4 = exp4;
exports.tanh4 = tanh4;
exports.sigmoid4 = sigmoid4;
exports.relu4 = relu4;
// @ts-ignore: decorator
const log2e = 1.44269504088896341;
// ln 2 in two parts, the first with few bits: n * ln2High is exact
// @ts-ignore: decorator
const ln2High = 0.693359375;
// @ts-ignore: decorator
const ln2Low = -2.12194440e-4;
/** 2^n for whole n in [-126, 127]. */
// @ts-ignore: decorator
function powerOfTwo(n) {
    return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}
/** e^x; 0 and infinity beyond the range of float32, NaN stays NaN. */
// @ts-ignore: decorator
function exp4(value) {
    const x = f32x4.max(f32x4.min(value, f32x4.splat(89)), f32x4.splat(-104));
    const whole = f32x4.nearest(f32x4.mul(x, f32x4.splat(log2e)));
    let r = f32x4.relaxed_nmadd(whole, f32x4.splat(ln2High), x);
    r = f32x4.relaxed_nmadd(whole, f32x4.splat(ln2Low), r);
    let y = f32x4.relaxed_madd(f32x4.splat(1.9875691500e-4), r, f32x4.splat(1.3981999507e-3));
    y = f32x4.relaxed_madd(y, r, f32x4.splat(8.3334519073e-3));
    y = f32x4.relaxed_madd(y, r, f32x4.splat(4.1665795894e-2));
    y = f32x4.relaxed_madd(y, r, f32x4.splat(1.6666665459e-1));
    y = f32x4.relaxed_madd(y, r, f32x4.splat(5.0000001201e-1));
    y = f32x4.add(f32x4.relaxed_madd(y, f32x4.mul(r, r), r), f32x4.splat(1));
    const n = i32x4.trunc_sat_f32x4_s(whole);
    const half = i32x4.shr_s(n, 1);
    return f32x4.mul(f32x4.mul(y, powerOfTwo(half)), powerOfTwo(i32x4.sub(n, half)));
}
/** tanh x: an odd polynomial below 0.625, `1 - 2 / (e^2|x| + 1)` with the sign of x above. */
// @ts-ignore: decorator
function tanh4(x) {
    const z = f32x4.mul(x, x);
    let p = f32x4.relaxed_madd(f32x4.splat(-5.70498872745e-3), z, f32x4.splat(2.06390887954e-2));
    p = f32x4.relaxed_madd(p, z, f32x4.splat(-5.37397155531e-2));
    p = f32x4.relaxed_madd(p, z, f32x4.splat(1.33314422036e-1));
    p = f32x4.relaxed_madd(p, z, f32x4.splat(-3.33332819422e-1));
    const near = f32x4.relaxed_madd(f32x4.mul(p, z), x, x);
    const size = f32x4.abs(x);
    const e = exp4(f32x4.add(size, size));
    const far = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(e, f32x4.splat(1))));
    const signed = v128.or(far, v128.and(x, f32x4.splat(-0.0)));
    return v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.625)));
}
/** `1 / (1 + e^-x)`. */
// @ts-ignore: decorator
function sigmoid4(x) {
    return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp4(f32x4.neg(x))));
}
/** `max(0, x)`, NaN stays NaN. */
// @ts-ignore: decorator
function relu4(x) {
    return f32x4.max(x, f32x4.splat(0));
}
