//! From text to what it says: which grammar applies. Single dates are EDTF (`edtf-core`), date-times (`moment`) or
//! `words`; intervals and sets are split here, because EDTF allows neither words nor times of day inside them.

use edtf_core::Edtf;

use super::error::DateError;
use super::expression::{DateExpression, IntervalEnd, SetItem, StatedDate};
use super::text_piece::TextPiece;
use super::{moment, numeric_dates, plain_words, refuse};

/// Reads a whole text.
pub(super) fn expression(text: &str) -> Result<DateExpression<'_>, DateError> {
    let piece = TextPiece::new(text).trimmed();
    if piece.text.is_empty() {
        return Err(refuse::empty(piece));
    }
    // A log has a million of these. Anything but a correct date-time is tried as something else.
    if let Some(Ok(moment)) = moment::read(piece) {
        return Ok(DateExpression::One(moment));
    }
    // A timeline has thousands of dates in digits alone.
    if is_of_digits(piece.text)
        && let Ok(Edtf::Date(date)) = Edtf::parse(piece.text)
    {
        return Ok(DateExpression::One(StatedDate::calendar(date, piece.text)));
    }
    if piece.text.starts_with(['[', '{']) {
        return set(piece);
    }
    if numeric_dates::looks_numeric(piece.text) {
        return Err(refuse::date(piece, is_date));
    }
    if let Some(read) = in_words(piece) {
        return read;
    }
    if let Some(error) = refuse::winter(piece) {
        return Err(error);
    }
    match piece.split_once("/") {
        None => stated(piece).map(DateExpression::One),
        Some((_, end)) if end.text.contains('/') => Err(refuse::slashes(piece)),
        Some(ends) => interval(piece, ends),
    }
}

/// Whether a text has the form of a year, a month or a day in digits alone. The codes of seasons are months above 12.
fn is_of_digits(text: &str) -> bool {
    let is_of_form = |(at, byte): (usize, &u8)| match at {
        4 | 7 => *byte == b'-',
        5 => matches!(byte, b'0' | b'1'),
        _ => byte.is_ascii_digit(),
    };
    matches!(text.len(), 4 | 7 | 10) && text.as_bytes().iter().enumerate().all(is_of_form)
}

/// Whether a piece is a single date.
fn is_date(piece: TextPiece<'_>) -> bool {
    stated(piece).is_ok()
}

/// Reads a single date.
fn stated(piece: TextPiece<'_>) -> Result<StatedDate<'_>, DateError> {
    let piece = piece.trimmed();
    match plain_words::about(piece) {
        Some(rest) => unhedged(rest.trimmed()).map(StatedDate::about),
        None => unhedged(piece),
    }
}

fn unhedged(piece: TextPiece<'_>) -> Result<StatedDate<'_>, DateError> {
    if let Some(moment) = moment::read(piece) {
        return moment;
    }
    match Edtf::parse(piece.text) {
        Ok(Edtf::Date(date)) => Ok(StatedDate::calendar(date, piece.text)),
        _ => plain_words::read(piece).unwrap_or_else(|| Err(refuse::date(piece, is_date))),
    }
}

/// Whole texts whose form is given by words, if they have such a word.
fn in_words(piece: TextPiece<'_>) -> Option<Result<DateExpression<'_>, DateError>> {
    if !plain_words::may_have_words(piece) {
        return None;
    }
    if let Some((limit, date)) =
        plain_words::limit(piece).filter(|(_, rest)| !rest.text.contains('/'))
    {
        return Some(stated(date).map(|date| DateExpression::By(limit, date)));
    }
    if let Some(pair) = plain_words::between(piece) {
        return Some(range(pair).map(|item| DateExpression::OneOf(vec![item])));
    }
    if let Some(ends) = plain_words::from_to(piece) {
        return Some(interval(piece, ends));
    }
    if let Some(start) = plain_words::since_at_least(piece) {
        let start = stated(start).map(IntervalEnd::OrBefore);
        return Some(start.map(|start| DateExpression::Interval(start, IntervalEnd::Open)));
    }
    let start = plain_words::since(piece)?;
    Some(
        stated(start)
            .map(|start| DateExpression::Interval(IntervalEnd::Date(start), IntervalEnd::Open)),
    )
}

fn interval<'a>(
    whole: TextPiece<'a>,
    (from, to): (TextPiece<'a>, TextPiece<'a>),
) -> Result<DateExpression<'a>, DateError> {
    let (from, to) = (from.trimmed(), to.trimmed());
    let start = match from.text.strip_prefix("..") {
        Some(rest) if !rest.is_empty() => IntervalEnd::OrBefore(stated(from.tail(rest))?),
        _ => match plain_words::start_by(from) {
            Some(date) => IntervalEnd::OrBefore(stated(date)?),
            None => endpoint(from)?,
        },
    };
    let end = match to.text.strip_suffix("..") {
        Some(rest) if !rest.is_empty() => IntervalEnd::OrAfter(stated(to.head(rest))?),
        _ => endpoint(to).map_err(|error| refuse::abbreviated(from, to).unwrap_or(error))?,
    };
    if start.stated().is_none() && end.stated().is_none() {
        return Err(refuse::no_endpoint(whole));
    }
    let is_reversed = match (&start, &end) {
        (IntervalEnd::Date(start), IntervalEnd::Date(end)) => start.comes_after(end),
        _ => end.end().latest < start.start().earliest,
    };
    if is_reversed {
        return Err(refuse::reversed(from, to, "/"));
    }
    Ok(DateExpression::Interval(start, end))
}

fn endpoint(piece: TextPiece<'_>) -> Result<IntervalEnd<'_>, DateError> {
    match piece.text {
        "" => Ok(IntervalEnd::Unknown),
        ".." => Ok(IntervalEnd::Open),
        _ => stated(piece).map(IntervalEnd::Date),
    }
}

fn set(piece: TextPiece<'_>) -> Result<DateExpression<'_>, DateError> {
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
        DateExpression::OneOf(items)
    } else {
        DateExpression::AllOf(items)
    })
}

fn item(piece: TextPiece<'_>) -> Result<SetItem<'_>, DateError> {
    if piece.text.is_empty() || piece.text == ".." {
        return Err(refuse::no_member(piece));
    }
    match piece.split_once("..") {
        None => stated(piece).map(SetItem::Date),
        Some((from, to)) if from.text.is_empty() => stated(to).map(SetItem::OrBefore),
        Some((from, to)) if to.text.is_empty() => stated(from).map(SetItem::OrAfter),
        Some(ends) => range(ends),
    }
}

/// `a..b`. In EDTF both ends state the same unit (ISO 8601-2, 6.3); words and times, being ours, need not.
fn range<'a>((from, to): (TextPiece<'a>, TextPiece<'a>)) -> Result<SetItem<'a>, DateError> {
    let (from, to) = (from.trimmed(), to.trimmed());
    let (first, last) = (stated(from)?, stated(to)?);
    if is_edtf(from) && is_edtf(to) && first.precision() != last.precision() {
        return Err(refuse::uneven_range(from, to));
    }
    if first.comes_after(&last) {
        return Err(refuse::reversed(from, to, ".."));
    }
    Ok(SetItem::Range(first, last))
}

fn is_edtf(piece: TextPiece<'_>) -> bool {
    matches!(Edtf::parse(piece.text), Ok(Edtf::Date(_)))
}
