//! Numbers that each take as many bytes as the largest of them needs.

use std::ops::Range;

/// Numbers that each take as many bytes as the largest of them needs: 1, 2, 4 or 8.
#[derive(Clone, Debug)]
pub struct NarrowNumbers(Width);

#[derive(Clone, Debug)]
enum Width {
    One(Vec<u8>),
    Two(Vec<u16>),
    Four(Vec<u32>),
    Eight(Vec<u64>),
}

/// Some neighbouring numbers.
#[derive(Clone, Copy, Debug)]
pub struct NumbersSlice<'n>(SliceWidth<'n>);

#[derive(Clone, Copy, Debug)]
enum SliceWidth<'n> {
    One(&'n [u8]),
    Two(&'n [u16]),
    Four(&'n [u32]),
    Eight(&'n [u64]),
}

/// Evaluates an expression for the numbers of any width.
macro_rules! each_width {
    ($type:ident, $width:expr, $numbers:ident => $result:expr) => {
        match $width {
            $type::One($numbers) => $result,
            $type::Two($numbers) => $result,
            $type::Four($numbers) => $result,
            $type::Eight($numbers) => $result,
        }
    };
}

impl Default for NarrowNumbers {
    fn default() -> Self {
        Self(Width::One(Vec::new()))
    }
}

impl NarrowNumbers {
    /// Adds a number.
    #[inline]
    pub fn push(&mut self, number: usize) {
        if let Width::One(numbers) = &mut self.0
            && let Ok(number) = u8::try_from(number)
        {
            numbers.push(number);
            return;
        }
        self.repeat(number, 1);
    }

    /// Adds a number several times.
    pub fn repeat(&mut self, number: usize, times: usize) {
        loop {
            let is_added = each_width!(Width, &mut self.0, numbers => match number.try_into() {
                Ok(number) => {
                    numbers.resize(numbers.len() + times, number);
                    true
                }
                Err(_) => false,
            });
            if is_added {
                return;
            }
            self.widen();
        }
    }

    /// Gives each number the next larger width.
    fn widen(&mut self) {
        self.0 = match std::mem::take(self).0 {
            Width::One(numbers) => Width::Two(numbers.into_iter().map(Into::into).collect()),
            Width::Two(numbers) => Width::Four(numbers.into_iter().map(Into::into).collect()),
            Width::Four(numbers) => Width::Eight(numbers.into_iter().map(Into::into).collect()),
            Width::Eight(numbers) => Width::Eight(numbers),
        };
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        each_width!(Width, &self.0, numbers => numbers.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A number; `None` if it does not exist.
    #[inline]
    pub fn get(&self, at: usize) -> Option<usize> {
        each_width!(Width, &self.0, numbers => numbers.get(at).map(|&number| widened(number)))
    }

    /// Some neighbouring numbers; none if one of them does not exist.
    #[inline]
    pub fn slice(&self, range: Range<usize>) -> NumbersSlice<'_> {
        NumbersSlice(match &self.0 {
            Width::One(numbers) => SliceWidth::One(numbers.get(range).unwrap_or_default()),
            Width::Two(numbers) => SliceWidth::Two(numbers.get(range).unwrap_or_default()),
            Width::Four(numbers) => SliceWidth::Four(numbers.get(range).unwrap_or_default()),
            Width::Eight(numbers) => SliceWidth::Eight(numbers.get(range).unwrap_or_default()),
        })
    }

    /// Reserves capacity for more numbers of the present width.
    pub fn reserve(&mut self, numbers: usize) {
        let more = numbers;
        each_width!(Width, &mut self.0, numbers => numbers.reserve_exact(more));
    }

    /// Releases unused capacity.
    pub fn shrink(&mut self) {
        each_width!(Width, &mut self.0, numbers => numbers.shrink_to_fit());
    }
}

impl<'n> NumbersSlice<'n> {
    /// The numbers in order.
    #[inline]
    pub fn iter(self) -> impl ExactSizeIterator<Item = usize> + 'n {
        (0..self.len()).map(move |at| self.at(at))
    }

    /// Their sum.
    #[inline]
    pub fn sum(self) -> usize {
        each_width!(SliceWidth, self.0, numbers => numbers.iter().map(|&it| widened(it)).sum())
    }

    /// How many numbers there are.
    #[inline]
    pub fn len(self) -> usize {
        each_width!(SliceWidth, self.0, numbers => numbers.len())
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    #[inline]
    fn at(self, at: usize) -> usize {
        each_width!(SliceWidth, self.0, numbers => widened(numbers[at]))
    }
}

/// Every number was a `usize` when it was added.
#[inline]
fn widened(number: impl Into<u64>) -> usize {
    usize::try_from(number.into()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_was_added_whatever_their_width() {
        let all = [3, 255, 256, 1, 65_535, 65_536, 2, 1 << 32, 4];
        for count in 0..=all.len() {
            let mut numbers = NarrowNumbers::default();
            all[..count].iter().for_each(|&it| numbers.push(it));
            let read: Vec<usize> = numbers.slice(0..count).iter().collect();
            assert_eq!(read, all[..count]);
            assert_eq!(numbers.get(count), None);
            assert_eq!(numbers.len(), count);
            let sum: usize = all[..count].iter().sum();
            assert_eq!(numbers.slice(0..count).sum(), sum);
            for (at, &number) in all[..count].iter().enumerate() {
                assert_eq!(numbers.get(at), Some(number));
            }
        }
    }

    #[test]
    fn a_number_takes_no_more_bytes_than_the_largest_needs() {
        let widths = [(255, 1), (256, 2), (65_536, 4), (1 << 32, 8)];
        for (largest, bytes) in widths {
            let mut numbers = NarrowNumbers::default();
            numbers.repeat(1, 3);
            numbers.push(largest);
            let of_each = each_width!(Width, &numbers.0, numbers => size_of_val(&numbers[0]));
            assert_eq!(of_each, bytes, "{largest}");
        }
    }

    #[test]
    fn a_range_beyond_the_end_is_empty() {
        let mut numbers = NarrowNumbers::default();
        numbers.repeat(7, 3);
        assert_eq!(numbers.slice(1..3).iter().collect::<Vec<_>>(), [7, 7]);
        assert!(numbers.slice(1..4).is_empty());
    }
}
