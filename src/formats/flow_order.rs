//! The order of the actions of a flow: which directly follow which, through conditions and operators in between.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Which of some nodes directly follow which: the later and the earlier one of each pair, by their positions. `edges` lead
/// from a node to the next. Other nodes are passed through. Where a flow returns to an action, the edge that closes the
/// circle is left out: in time, the action came first.
pub(super) fn predecessors(nodes: &[&str], edges: &[(String, String)]) -> Vec<(usize, usize)> {
    let positions: BTreeMap<&str, usize> = nodes.iter().copied().zip(0..).collect();
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, to) in edges {
        next.entry(from).or_default().insert(to);
    }
    let followers: Vec<BTreeSet<usize>> = nodes
        .iter()
        .map(|node| {
            let mut found = BTreeSet::new();
            let mut seen = BTreeSet::new();
            let mut open: VecDeque<&str> = next.get(node).into_iter().flatten().copied().collect();
            while let Some(other) = open.pop_front() {
                if !seen.insert(other) {
                    continue;
                }
                match positions.get(other) {
                    Some(&position) => _ = found.insert(position),
                    None => open.extend(next.get(other).into_iter().flatten()),
                }
            }
            found
        })
        .collect();
    without_circles(&followers)
}

/// How far a node was followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    None,
    Open,
    Done,
}

/// The edges of a graph but those that lead back, depth first from those that nothing precedes.
fn without_circles(followers: &[BTreeSet<usize>]) -> Vec<(usize, usize)> {
    let mut visits = vec![Visit::None; followers.len()];
    let has_earlier: BTreeSet<usize> = followers.iter().flatten().copied().collect();
    let (rest, starts): (Vec<_>, Vec<_>) =
        (0..followers.len()).partition(|node| has_earlier.contains(node));
    let mut pairs = BTreeSet::new();
    for start in starts.into_iter().chain(rest) {
        if visits[start] != Visit::None {
            continue;
        }
        visits[start] = Visit::Open;
        let mut path = vec![(start, followers[start].iter())];
        while let Some((node, open)) = path.last_mut() {
            let node = *node;
            let Some(&follower) = open.next() else {
                visits[node] = Visit::Done;
                path.pop();
                continue;
            };
            match visits[follower] {
                Visit::Open => continue,
                Visit::Done => {}
                Visit::None => {
                    visits[follower] = Visit::Open;
                    path.push((follower, followers[follower].iter()));
                }
            }
            pairs.insert((follower, node));
        }
    }
    pairs.into_iter().collect()
}

/// The nodes in an order in which each is behind those that it follows, and otherwise as given.
pub(super) fn in_order(count: usize, pairs: &[(usize, usize)]) -> Vec<usize> {
    let mut waiting = vec![0_usize; count];
    let mut followers = vec![Vec::new(); count];
    for &(later, earlier) in pairs {
        waiting[later] += 1;
        followers[earlier].push(later);
    }
    let mut free: BTreeSet<usize> = (0..count).filter(|node| waiting[*node] == 0).collect();
    let mut order = Vec::with_capacity(count);
    while let Some(node) = free.pop_first() {
        order.push(node);
        for &later in &followers[node] {
            waiting[later] -= 1;
            if waiting[later] == 0 {
                free.insert(later);
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(text: &str) -> Vec<(String, String)> {
        let pairs = text.split(' ').filter_map(|pair| pair.split_once('>'));
        pairs
            .map(|(from, to)| (from.to_owned(), to.to_owned()))
            .collect()
    }

    #[test]
    fn an_action_follows_another_through_what_is_between() {
        let edges = edges("a>? ?>b ?>& &>c b>c a>b");
        assert_eq!(
            predecessors(&["a", "b", "c"], &edges),
            [(1, 0), (2, 0), (2, 1)]
        );
        assert_eq!(predecessors(&["b", "c"], &edges), [(1, 0)]);
    }

    #[test]
    fn the_edge_that_closes_a_circle_is_left_out() {
        let edges = edges("a>b b>c c>b c>c ?>? ?>a");
        let pairs = predecessors(&["c", "b", "a"], &edges);
        assert_eq!(pairs, [(0, 1), (1, 2)]);
        assert_eq!(in_order(3, &pairs), [2, 1, 0]);
        assert_eq!(in_order(3, &[]), [0, 1, 2]);
    }
}
