//! From text to what it says: which grammar applies. Single dates are EDTF (`edtf-core`), date-times (`moment`) or
//! `words`; intervals and sets are split here, because EDTF allows neither words nor times of day inside them.

use edtf_core::Edtf;

use super::error::DateError;
use super::expression::{Endpoint, Expression, Item, Stated};
use super::piece::Piece;
use super::{moment, readings, refuse, words};

/// Reads a whole text.
pub(super) fn expression(text: &str) -> Result<Expression<'_>, DateError> {
    let piece = Piece::new(text).trimmed();
    if piece.text.is_empty() {
        return Err(refuse::empty(piece));
    }
    // A log has a million of these. Whatever is no date-time, or a wrong one, is looked at as what else it may be.
    if let Some(Ok(moment)) = moment::read(piece) {
        return Ok(Expression::One(moment));
    }
    if piece.text.starts_with(['[', '{']) {
        return set(piece);
    }
    if readings::looks_numeric(piece.text) {
        return Err(refuse::date(piece, is_date));
    }
    if let Some(told) = in_words(piece) {
        return told;
    }
    if let Some(error) = refuse::winter(piece) {
        return Err(error);
    }
    match piece.split_once("/") {
        None => stated(piece).map(Expression::One),
        Some((_, end)) if end.text.contains('/') => Err(refuse::slashes(piece)),
        Some(ends) => interval(piece, ends),
    }
}

/// Whether a piece is a single date.
fn is_date(piece: Piece<'_>) -> bool {
    stated(piece).is_ok()
}

/// Reads a single date.
fn stated(piece: Piece<'_>) -> Result<Stated<'_>, DateError> {
    let piece = piece.trimmed();
    match words::about(piece) {
        Some(rest) => unhedged(rest.trimmed()).map(Stated::about),
        None => unhedged(piece),
    }
}

fn unhedged(piece: Piece<'_>) -> Result<Stated<'_>, DateError> {
    if let Some(moment) = moment::read(piece) {
        return moment;
    }
    match Edtf::parse(piece.text) {
        Ok(Edtf::Date(date)) => Ok(Stated::calendar(date, piece.text)),
        _ => words::read(piece).unwrap_or_else(|| Err(refuse::date(piece, is_date))),
    }
}

/// Whole texts that words give their form; `None` where no such word stands there.
fn in_words(piece: Piece<'_>) -> Option<Result<Expression<'_>, DateError>> {
    if let Some((limit, date)) = words::limit(piece).filter(|(_, rest)| !rest.text.contains('/')) {
        return Some(stated(date).map(|date| Expression::By(limit, date)));
    }
    if let Some(pair) = words::between(piece) {
        return Some(range(pair).map(|item| Expression::OneOf(vec![item])));
    }
    if let Some(ends) = words::from_to(piece) {
        return Some(interval(piece, ends));
    }
    if let Some(start) = words::since_at_least(piece) {
        let start = stated(start).map(Endpoint::OrBefore);
        return Some(start.map(|start| Expression::Interval(start, Endpoint::Open)));
    }
    let start = words::since(piece)?;
    Some(stated(start).map(|start| Expression::Interval(Endpoint::Date(start), Endpoint::Open)))
}

fn interval<'a>(
    whole: Piece<'a>,
    (from, to): (Piece<'a>, Piece<'a>),
) -> Result<Expression<'a>, DateError> {
    let (from, to) = (from.trimmed(), to.trimmed());
    let start = match from.text.strip_prefix("..") {
        Some(rest) if !rest.is_empty() => Endpoint::OrBefore(stated(from.tail(rest))?),
        _ => match words::start_by(from) {
            Some(date) => Endpoint::OrBefore(stated(date)?),
            None => endpoint(from)?,
        },
    };
    let end = match to.text.strip_suffix("..") {
        Some(rest) if !rest.is_empty() => Endpoint::OrAfter(stated(to.head(rest))?),
        _ => endpoint(to).map_err(|error| refuse::abbreviated(from, to).unwrap_or(error))?,
    };
    if start.stated().is_none() && end.stated().is_none() {
        return Err(refuse::no_endpoint(whole));
    }
    let is_reversed = match (&start, &end) {
        (Endpoint::Date(start), Endpoint::Date(end)) => start.comes_after(end),
        _ => end.end().latest < start.start().earliest,
    };
    if is_reversed {
        return Err(refuse::reversed(from, to, "/"));
    }
    Ok(Expression::Interval(start, end))
}

fn endpoint(piece: Piece<'_>) -> Result<Endpoint<'_>, DateError> {
    match piece.text {
        "" => Ok(Endpoint::Unknown),
        ".." => Ok(Endpoint::Open),
        _ => stated(piece).map(Endpoint::Date),
    }
}

fn set(piece: Piece<'_>) -> Result<Expression<'_>, DateError> {
    let one_of = piece.text.starts_with('[');
    let (open, close) = if one_of { ('[', ']') } else { ('{', '}') };
    let inner = piece
        .text
        .strip_prefix(open)
        .and_then(|rest| rest.strip_suffix(close));
    let inner = inner.ok_or_else(|| refuse::unclosed(piece, close))?;
    let mut rest = piece
        .tail(piece.text.get(1..).unwrap_or_default())
        .head(inner);
    let mut items = Vec::new();
    while let Some((first, others)) = rest.split_once(",") {
        items.push(item(first.trimmed())?);
        rest = others;
    }
    items.push(item(rest.trimmed())?);
    Ok(if one_of {
        Expression::OneOf(items)
    } else {
        Expression::AllOf(items)
    })
}

fn item(piece: Piece<'_>) -> Result<Item<'_>, DateError> {
    if piece.text.is_empty() || piece.text == ".." {
        return Err(refuse::no_member(piece));
    }
    match piece.split_once("..") {
        None => stated(piece).map(Item::Date),
        Some((from, to)) if from.text.is_empty() => stated(to).map(Item::OrBefore),
        Some((from, to)) if to.text.is_empty() => stated(from).map(Item::OrAfter),
        Some(ends) => range(ends),
    }
}

/// `a..b`. In EDTF both ends state the same unit (ISO 8601-2, 6.3); words and times, being ours, need not.
fn range<'a>((from, to): (Piece<'a>, Piece<'a>)) -> Result<Item<'a>, DateError> {
    let (from, to) = (from.trimmed(), to.trimmed());
    let (first, last) = (stated(from)?, stated(to)?);
    if is_edtf(from) && is_edtf(to) && first.precision() != last.precision() {
        return Err(refuse::uneven_range(from, to));
    }
    if first.comes_after(&last) {
        return Err(refuse::reversed(from, to, ".."));
    }
    Ok(Item::Range(first, last))
}

fn is_edtf(piece: Piece<'_>) -> bool {
    matches!(Edtf::parse(piece.text), Ok(Edtf::Date(_)))
}
