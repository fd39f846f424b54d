//! Several numbers that go through the same operations side by side.
//!
//! Each lane does what a single number would do, to the last bit, so it is left to the hardware
//! how many go at a time. Two lanes fit a register of every 64-bit x86 processor and of
//! WebAssembly's vectors, without asking at run time; elsewhere the compiler sees plain arrays.

use core::ops::{Add, Div, Mul, Sub};

use super::divisor::Divisor;

/// A number, or several side by side.
pub trait Value:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    /// The same number in every lane.
    fn all(x: f64) -> Self;

    /// The first where it is at least the second or missing, else the second.
    #[must_use]
    fn higher(self, other: Self) -> Self;

    /// The first where it is at most the second or missing, else the second.
    #[must_use]
    fn lower(self, other: Self) -> Self;

    /// The quotient, correctly rounded; missing where the number is infinite, and never −0.
    #[must_use]
    #[inline(always)]
    fn divided(self, by: Divisor) -> Self {
        let nothing = self * Self::all(0.0);
        self / Self::all(by.number()) + (nothing + Self::all(0.0))
    }

    /// `this` where the number is at least the bound or `this` is missing, else `that`.
    #[must_use]
    fn reaches(self, bound: Self, this: Self, that: Self) -> Self;

    /// The square root.
    #[must_use]
    fn root(self) -> Self;

    /// Zero where it is below; a missing value stays missing.
    #[must_use]
    fn at_least_zero(self) -> Self {
        self.higher(Self::all(0.0))
    }
}

/// Four numbers side by side, however wide the registers are.
pub trait Quad: Value {
    /// From the four numbers.
    fn four(x: [f64; 4]) -> Self;

    /// Four numbers that lie side by side.
    fn load(x: &[f64; 4]) -> Self;

    /// To four numbers that lie side by side.
    fn store(self, out: &mut [f64; 4]);

    /// The last of the four.
    fn last(self) -> f64;

    /// Four numbers of four rows, turned so that each result has one of each row.
    fn turn(rows: [&[f64; 4]; 4]) -> [Self; 4];

    /// The same the other way: four results into four rows.
    fn turn_back(columns: [Self; 4], rows: [&mut [f64; 4]; 4]);

    /// One number into each of four places.
    fn scatter(self, places: [&mut f64; 4]);
}

impl Value for f64 {
    #[inline]
    fn all(x: f64) -> Self {
        x
    }

    #[inline]
    fn reaches(self, bound: Self, this: Self, that: Self) -> Self {
        if self >= bound || this.is_nan() {
            this
        } else {
            that
        }
    }

    #[inline]
    fn root(self) -> Self {
        self.sqrt()
    }

    #[inline]
    fn higher(self, other: Self) -> Self {
        if self >= other || self.is_nan() {
            self
        } else {
            other
        }
    }

    #[inline]
    fn lower(self, other: Self) -> Self {
        if self <= other || self.is_nan() {
            self
        } else {
            other
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod register {
    use core::arch::x86_64::{
        __m128d, _mm_add_pd, _mm_and_pd, _mm_andnot_pd, _mm_cmpge_pd, _mm_cmple_pd,
        _mm_cmpunord_pd, _mm_cvtsd_f64, _mm_div_pd, _mm_loadu_pd, _mm_mul_pd, _mm_or_pd,
        _mm_set_pd, _mm_sqrt_pd, _mm_storeu_pd, _mm_sub_pd, _mm_unpackhi_pd, _mm_unpacklo_pd,
    };

    pub type Register = __m128d;

    macro_rules! sse2 {
        ($($name:ident = $op:ident;)+) => {$(
            #[inline]
            pub fn $name(a: Register, b: Register) -> Register {
                // SAFETY: SSE2 is part of x86-64.
                unsafe { $op(a, b) }
            }
        )+};
    }

    sse2! {
        add = _mm_add_pd;
        sub = _mm_sub_pd;
        mul = _mm_mul_pd;
        div = _mm_div_pd;
        at_least = _mm_cmpge_pd;
        at_most = _mm_cmple_pd;
        lows = _mm_unpacklo_pd;
        highs = _mm_unpackhi_pd;
    }

    #[inline]
    pub fn new([low, high]: [f64; 2]) -> Register {
        // SAFETY: SSE2 is part of x86-64.
        unsafe { _mm_set_pd(high, low) }
    }

    #[inline]
    pub fn load(x: &[f64; 2]) -> Register {
        // SAFETY: SSE2 is part of x86-64, and the two numbers may be read wherever they are.
        unsafe { _mm_loadu_pd(x.as_ptr()) }
    }

    #[inline]
    pub fn store(x: Register, out: &mut [f64; 2]) {
        // SAFETY: SSE2 is part of x86-64, and the two numbers may be written wherever they are.
        unsafe { _mm_storeu_pd(out.as_mut_ptr(), x) }
    }

    #[inline]
    pub fn root(x: Register) -> Register {
        // SAFETY: SSE2 is part of x86-64.
        unsafe { _mm_sqrt_pd(x) }
    }

    #[inline]
    pub fn get(x: Register) -> [f64; 2] {
        // SAFETY: SSE2 is part of x86-64.
        unsafe { [_mm_cvtsd_f64(x), _mm_cvtsd_f64(_mm_unpackhi_pd(x, x))] }
    }

    /// The first where the mask is set or it is missing, else the second.
    #[inline]
    pub fn pick(mask: Register, a: Register, b: Register) -> Register {
        // SAFETY: SSE2 is part of x86-64.
        unsafe {
            let mask = _mm_or_pd(mask, _mm_cmpunord_pd(a, a));
            _mm_or_pd(_mm_and_pd(mask, a), _mm_andnot_pd(mask, b))
        }
    }
}

#[cfg(all(target_family = "wasm", target_feature = "simd128"))]
mod register {
    #[cfg(target_arch = "wasm32")]
    use core::arch::wasm32 as arch;
    #[cfg(target_arch = "wasm64")]
    use core::arch::wasm64 as arch;

    pub type Register = arch::v128;
    pub use arch::{
        f64x2_add as add, f64x2_div as div, f64x2_ge as at_least, f64x2_le as at_most,
        f64x2_mul as mul, f64x2_sqrt as root, f64x2_sub as sub,
    };

    #[inline]
    pub fn lows(a: Register, b: Register) -> Register {
        arch::i64x2_shuffle::<0, 2>(a, b)
    }

    #[inline]
    pub fn highs(a: Register, b: Register) -> Register {
        arch::i64x2_shuffle::<1, 3>(a, b)
    }

    #[inline]
    pub fn new([low, high]: [f64; 2]) -> Register {
        arch::f64x2(low, high)
    }

    #[inline]
    pub fn load(x: &[f64; 2]) -> Register {
        // SAFETY: the two numbers may be read wherever they are.
        unsafe { arch::v128_load(x.as_ptr().cast()) }
    }

    #[inline]
    pub fn store(x: Register, out: &mut [f64; 2]) {
        // SAFETY: the two numbers may be written wherever they are.
        unsafe { arch::v128_store(out.as_mut_ptr().cast(), x) }
    }

    #[inline]
    pub fn get(x: Register) -> [f64; 2] {
        [
            arch::f64x2_extract_lane::<0>(x),
            arch::f64x2_extract_lane::<1>(x),
        ]
    }

    /// The first where the mask is set or it is missing, else the second.
    #[inline]
    pub fn pick(mask: Register, a: Register, b: Register) -> Register {
        arch::v128_bitselect(a, b, arch::v128_or(mask, arch::f64x2_ne(a, a)))
    }
}

#[cfg(not(any(
    target_arch = "x86_64",
    all(target_family = "wasm", target_feature = "simd128")
)))]
mod register {
    pub type Register = [f64; 2];

    macro_rules! plain {
        ($($name:ident $op:tt;)+) => {$(
            #[inline]
            pub fn $name(a: Register, b: Register) -> Register {
                [a[0] $op b[0], a[1] $op b[1]]
            }
        )+};
    }

    plain! {
        add +;
        sub -;
        mul *;
        div /;
    }

    #[inline]
    pub fn at_least(a: Register, b: Register) -> [bool; 2] {
        [a[0] >= b[0], a[1] >= b[1]]
    }

    #[inline]
    pub fn at_most(a: Register, b: Register) -> [bool; 2] {
        [a[0] <= b[0], a[1] <= b[1]]
    }

    #[inline]
    pub fn root(x: Register) -> Register {
        x.map(f64::sqrt)
    }

    #[inline]
    pub fn lows(a: Register, b: Register) -> Register {
        [a[0], b[0]]
    }

    #[inline]
    pub fn highs(a: Register, b: Register) -> Register {
        [a[1], b[1]]
    }

    #[inline]
    pub fn new(x: [f64; 2]) -> Register {
        x
    }

    #[inline]
    pub fn load(x: &[f64; 2]) -> Register {
        *x
    }

    #[inline]
    pub fn store(x: Register, out: &mut [f64; 2]) {
        *out = x;
    }

    #[inline]
    pub fn get(x: Register) -> [f64; 2] {
        x
    }

    /// The first where the mask is set or it is missing, else the second.
    #[inline]
    pub fn pick(mask: [bool; 2], a: Register, b: Register) -> Register {
        core::array::from_fn(|i| if mask[i] || a[i].is_nan() { a[i] } else { b[i] })
    }
}

/// Two numbers side by side.
#[derive(Debug, Clone, Copy)]
pub struct Pair(register::Register);

impl Pair {
    /// From the two numbers.
    #[inline]
    #[must_use]
    pub fn new(x: [f64; 2]) -> Self {
        Self(register::new(x))
    }

    /// From two numbers that lie side by side, in one step.
    #[inline]
    #[must_use]
    pub fn load(x: &[f64; 2]) -> Self {
        Self(register::load(x))
    }

    /// To two numbers that lie side by side, in one step.
    #[inline]
    pub fn store(self, out: &mut [f64; 2]) {
        register::store(self.0, out);
    }

    /// The two numbers.
    #[inline]
    #[must_use]
    pub fn get(self) -> [f64; 2] {
        register::get(self.0)
    }
}

/// Four numbers side by side.
#[derive(Debug, Clone, Copy)]
pub struct Four([Pair; 2]);

impl Four {
    /// The four numbers.
    #[inline]
    #[must_use]
    pub fn get(self) -> [f64; 4] {
        let [[a, b], [c, d]] = self.0.map(Pair::get);
        [a, b, c, d]
    }

    /// Two rows' numbers at one place, for four rows.
    #[inline]
    fn of(low: register::Register, high: register::Register) -> Self {
        Self([Pair(low), Pair(high)])
    }
}

/// The two halves of four numbers that lie side by side.
#[inline]
fn halves(x: &[f64; 4]) -> [Pair; 2] {
    let (pairs, _) = x.as_chunks::<2>();
    [Pair::load(&pairs[0]), Pair::load(&pairs[1])]
}

impl Quad for Four {
    #[inline]
    fn four([a, b, c, d]: [f64; 4]) -> Self {
        Self([Pair::new([a, b]), Pair::new([c, d])])
    }

    #[inline]
    fn load(x: &[f64; 4]) -> Self {
        Self(halves(x))
    }

    #[inline]
    fn store(self, out: &mut [f64; 4]) {
        let (pairs, _) = out.as_chunks_mut::<2>();
        self.0[0].store(&mut pairs[0]);
        self.0[1].store(&mut pairs[1]);
    }

    #[inline]
    fn last(self) -> f64 {
        self.get()[3]
    }

    #[inline]
    fn turn(rows: [&[f64; 4]; 4]) -> [Self; 4] {
        let [[a, e], [b, f], [c, g], [d, h]] = rows.map(|row| halves(row).map(|half| half.0));
        let (lows, highs) = (register::lows, register::highs);
        [
            Self::of(lows(a, b), lows(c, d)),
            Self::of(highs(a, b), highs(c, d)),
            Self::of(lows(e, f), lows(g, h)),
            Self::of(highs(e, f), highs(g, h)),
        ]
    }

    #[inline]
    fn turn_back(columns: [Self; 4], rows: [&mut [f64; 4]; 4]) {
        let (lows, highs) = (register::lows, register::highs);
        let [first, second, third, fourth] = columns.map(|Self([low, high])| [low.0, high.0]);
        for (i, row) in rows.into_iter().enumerate() {
            let half = i / 2;
            let pick = if i % 2 == 0 { lows } else { highs };
            let (pairs, _) = row.as_chunks_mut::<2>();
            register::store(pick(first[half], second[half]), &mut pairs[0]);
            register::store(pick(third[half], fourth[half]), &mut pairs[1]);
        }
    }

    #[inline]
    fn scatter(self, places: [&mut f64; 4]) {
        for (place, x) in places.into_iter().zip(self.get()) {
            *place = x;
        }
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident;)+) => {$(
        impl $trait for Pair {
            type Output = Self;

            #[inline]
            fn $method(self, other: Self) -> Self {
                Self(register::$method(self.0, other.0))
            }
        }

        impl $trait for Four {
            type Output = Self;

            #[inline]
            fn $method(self, Self([c, d]): Self) -> Self {
                let Self([a, b]) = self;
                Self([$trait::$method(a, c), $trait::$method(b, d)])
            }
        }
    )+};
}

operators! {
    Add add;
    Sub sub;
    Mul mul;
    Div div;
}

impl Value for Pair {
    #[inline]
    fn all(x: f64) -> Self {
        Self::new([x, x])
    }

    #[inline]
    fn reaches(self, bound: Self, this: Self, that: Self) -> Self {
        Self(register::pick(
            register::at_least(self.0, bound.0),
            this.0,
            that.0,
        ))
    }

    #[inline]
    fn root(self) -> Self {
        Self(register::root(self.0))
    }

    #[inline]
    fn higher(self, other: Self) -> Self {
        Self(register::pick(
            register::at_least(self.0, other.0),
            self.0,
            other.0,
        ))
    }

    #[inline]
    fn lower(self, other: Self) -> Self {
        Self(register::pick(
            register::at_most(self.0, other.0),
            self.0,
            other.0,
        ))
    }
}

impl Value for Four {
    #[inline]
    fn all(x: f64) -> Self {
        Self([Pair::all(x); 2])
    }

    #[inline]
    fn reaches(self, Self([c, d]): Self, this: Self, that: Self) -> Self {
        let Self([a, b]) = self;
        let (Self([e, f]), Self([g, h])) = (this, that);
        Self([a.reaches(c, e, g), b.reaches(d, f, h)])
    }

    #[inline]
    fn root(self) -> Self {
        let Self([a, b]) = self;
        Self([a.root(), b.root()])
    }

    #[inline]
    fn higher(self, Self([c, d]): Self) -> Self {
        let Self([a, b]) = self;
        Self([a.higher(c), b.higher(d)])
    }

    #[inline]
    fn lower(self, Self([c, d]): Self) -> Self {
        let Self([a, b]) = self;
        Self([a.lower(c), b.lower(d)])
    }
}

#[cfg(test)]
mod tests {
    use super::{Four, Pair, Quad, Value};

    const NUMBERS: [f64; 9] = [
        0.0,
        -0.0,
        1.0,
        -2.5,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        5e-324,
        1e308,
    ];

    fn same(a: f64, b: f64) -> bool {
        a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
    }

    #[test]
    fn every_lane_does_what_a_number_does() {
        for a in NUMBERS {
            for b in NUMBERS {
                let one = [
                    a + b,
                    a - b,
                    a * b,
                    a / b,
                    a.higher(b),
                    a.lower(b),
                    a.reaches(b, b, a),
                    a.at_least_zero(),
                ];
                let (p, q) = (Pair::new([7.0, a]), Pair::new([3.0, b]));
                let two = [
                    p + q,
                    p - q,
                    p * q,
                    p / q,
                    p.higher(q),
                    p.lower(q),
                    p.reaches(q, q, p),
                    p.at_least_zero(),
                ];
                let (p, q) = (
                    Four::four([7.0, 1.0, 2.0, a]),
                    Four::four([3.0, 1.0, 5.0, b]),
                );
                let four = [
                    p + q,
                    p - q,
                    p * q,
                    p / q,
                    p.higher(q),
                    p.lower(q),
                    p.reaches(q, q, p),
                    p.at_least_zero(),
                ];
                for i in 0..one.len() {
                    assert!(same(one[i], two[i].get()[1]), "{a} and {b}, operation {i}");
                    assert!(same(one[i], four[i].get()[3]), "{a} and {b}, operation {i}");
                }
            }
        }
    }
}
