//! Circles in what refers to what.

/// How many members of a circle are named: one may have as many as a file has tables.
const NAMED: usize = 5;

/// Some things that refer to each other in a circle.
pub(super) struct Circle<T> {
    /// The first members, in the order of the references.
    first: Vec<usize>,
    /// How many members there are.
    len: usize,
    /// The reference that closes the circle.
    pub(super) closed_by: T,
}

impl<T> Circle<T> {
    /// The members in words.
    pub(super) fn names<'n>(&self, name: impl Fn(usize) -> &'n str) -> String {
        let names: Vec<String> = self
            .first
            .iter()
            .map(|&row| format!("`{}`", name(row)))
            .collect();
        match (&names[..], self.len - self.first.len()) {
            ([first, second], 0) => format!("{first} and {second}"),
            (_, 0) => names.join(", "),
            (_, more) => format!("{} and {more} more", names.join(", ")),
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.len
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    /// On the path that is being followed, at this depth.
    Open(usize),
    Done,
}

/// Each circle once, at the reference that closes it. `references` has, for each row, the rows to which it refers.
///
/// Goes depth first, and without recursion: a file may be long.
pub(super) fn circles<T: Copy>(references: &[Vec<(usize, T)>]) -> Vec<Circle<T>> {
    let mut seen = vec![Seen::Not; references.len()];
    let mut found = Vec::new();
    for start in 0..references.len() {
        if seen[start] != Seen::Not {
            continue;
        }
        seen[start] = Seen::Open(0);
        let mut path = vec![(start, 0)];
        while let Some((row, next)) = path.last_mut() {
            let Some(&(to, reference)) = references[*row].get(*next) else {
                seen[*row] = Seen::Done;
                path.pop();
                continue;
            };
            *next += 1;
            match seen[to] {
                Seen::Not => {
                    seen[to] = Seen::Open(path.len());
                    path.push((to, 0));
                }
                Seen::Open(depth) => found.push(Circle {
                    first: path[depth..]
                        .iter()
                        .take(NAMED)
                        .map(|&(row, _)| row)
                        .collect(),
                    len: path.len() - depth,
                    closed_by: reference,
                }),
                Seen::Done => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_found_once_however_many_lead_into_it() {
        let to = |rows: &[usize]| rows.iter().map(|&row| (row, ())).collect::<Vec<_>>();
        let lens = |references: &[Vec<(usize, ())>]| -> Vec<usize> {
            circles(references).iter().map(Circle::len).collect()
        };
        assert_eq!(lens(&[to(&[1]), to(&[2]), to(&[0]), to(&[0, 1])]), [3]);
        assert_eq!(lens(&[to(&[0]), to(&[2]), to(&[1, 2])]), [1, 2, 1]);
        assert_eq!(lens(&[to(&[1, 2]), to(&[2]), to(&[])]), [0; 0]);
    }

    #[test]
    fn a_long_circle_names_its_first_members() {
        let chain: Vec<_> = (0..100_000)
            .map(|row| vec![((row + 1) % 100_000, ())])
            .collect();
        let found = circles(&chain);
        let names = found[0].names(|_| "a");
        assert_eq!(names, "`a`, `a`, `a`, `a`, `a` and 99995 more");
    }
}
