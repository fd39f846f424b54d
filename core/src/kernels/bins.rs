//! Numbers laid on a row of equally wide bins.

use super::steps;

/// Equally wide bins from one price to another, each with a sum per column.
#[derive(Debug, Clone)]
pub struct Bins<const N: usize> {
    from: f64,
    to: f64,
    sums: Vec<[f64; N]>,
}

impl<const N: usize> Bins<N> {
    /// So many empty bins; a single one where there is no room between the prices.
    #[must_use]
    pub fn new(from: f64, to: f64, bins: usize) -> Self {
        let bins = if to > from { bins } else { 1 };
        Self {
            from,
            to,
            sums: vec![[0.0; N]; bins],
        }
    }

    /// Whether they cover these prices.
    #[must_use]
    pub fn cover(&self, from: f64, to: f64) -> bool {
        self.from == from && self.to == to
    }

    /// The sums, lowest bin first.
    #[must_use]
    pub fn sums(&self) -> &[[f64; N]] {
        &self.sums
    }

    /// The lower edge of a bin; that of the bin behind the last is the upper edge of all.
    #[must_use]
    pub fn edge(&self, bin: usize) -> f64 {
        if bin >= self.sums.len() {
            return self.to;
        }
        self.from + (self.to - self.from) * bin as f64 / self.sums.len() as f64
    }

    /// Lays numbers on the bin that holds a price: at or above its lower edge, below its upper one;
    /// the last bin holds its upper edge, too.
    pub fn put(&mut self, price: f64, numbers: [f64; N]) {
        let mut bin = self.bin_at(self.place(price));
        // The place has been rounded; the edges that a caller sees decide.
        if price < self.edge(bin) {
            bin = bin.saturating_sub(1);
        } else if bin + 1 < self.sums.len() && price >= self.edge(bin + 1) {
            bin += 1;
        }
        self.add(bin, 1.0, numbers);
    }

    /// Spreads numbers evenly from one price to a higher one.
    pub fn spread(&mut self, low: f64, high: f64, numbers: [f64; N]) {
        let (low, high) = (self.place(low), self.place(high));
        let width = high - low;
        let (first, last) = (self.bin_at(low), self.bin_at(high));
        // Narrower than what rounding leaves of a place.
        if first == last || width <= 0.0 {
            self.add(first, 1.0, numbers);
            return;
        }
        // The parts are counted in bins, so that those in between are equal to the last bit.
        self.add(first, ((first + 1) as f64 - low) / width, numbers);
        for bin in first + 1..last {
            self.add(bin, 1.0 / width, numbers);
        }
        self.add(last, (high - last as f64) / width, numbers);
    }

    fn add(&mut self, bin: usize, part: f64, numbers: [f64; N]) {
        steps::kernel(1);
        for (sum, number) in self.sums[bin].iter_mut().zip(numbers) {
            *sum += part * number;
        }
    }

    /// A price in bins above the lowest one's lower edge.
    fn place(&self, price: f64) -> f64 {
        (price - self.from) * self.sums.len() as f64 / (self.to - self.from)
    }

    /// The bin of a place, whatever it is.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place below all is in the first bin, and so is none"
    )]
    fn bin_at(&self, place: f64) -> usize {
        (place as usize).min(self.sums.len() - 1)
    }
}
