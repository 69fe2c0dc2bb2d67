//! Circles of references.

/// How many members of a circle are named: there may be as many as the file has tables.
const NAMED: usize = 5;

/// Items that refer to each other in a circle.
pub(super) struct ReferenceCircle<T> {
    /// The first members, in the order of the references.
    first: Vec<usize>,
    /// How many members there are.
    len: usize,
    /// The reference that closes the circle.
    pub(super) closed_by: T,
}

impl<T> ReferenceCircle<T> {
    /// The members, in words.
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
enum VisitState {
    Not,
    /// On the current path, at this depth.
    Open(usize),
    Done,
}

/// Finds each circle once, at the reference that closes it. `references` has the references of each row.
///
/// Depth first, without recursion: a file may be long.
pub(super) fn circles<T: Copy>(references: &[Vec<(usize, T)>]) -> Vec<ReferenceCircle<T>> {
    let mut seen = vec![VisitState::Not; references.len()];
    let mut found = Vec::new();
    for start in 0..references.len() {
        if seen[start] != VisitState::Not {
            continue;
        }
        seen[start] = VisitState::Open(0);
        let mut path = vec![(start, 0)];
        while let Some((row, next)) = path.last_mut() {
            let Some(&(to, reference)) = references[*row].get(*next) else {
                seen[*row] = VisitState::Done;
                path.pop();
                continue;
            };
            *next += 1;
            match seen[to] {
                VisitState::Not => {
                    seen[to] = VisitState::Open(path.len());
                    path.push((to, 0));
                }
                VisitState::Open(depth) => found.push(ReferenceCircle {
                    first: path[depth..]
                        .iter()
                        .take(NAMED)
                        .map(|&(row, _)| row)
                        .collect(),
                    len: path.len() - depth,
                    closed_by: reference,
                }),
                VisitState::Done => {}
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
            circles(references)
                .iter()
                .map(ReferenceCircle::len)
                .collect()
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
