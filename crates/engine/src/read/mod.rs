//! Reads a process file into a [`Process`] that has not been proven yet. Everything wrong with the writing itself is
//! found here: syntax, unknown keys and names, missing words, sizes. What the process *means* is judged by `check`.

mod parts;
mod sheet;
mod values;

use toml::de::DeTable;

use crate::fault::{Fault, two, unknown_name};
use crate::{Process, Turn};
use sheet::{Reader, Sheet};

/// The largest file, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// The file as a process, or everything wrong with its writing.
pub(crate) fn read(text: &str) -> Result<Process, Vec<Fault>> {
    if text.len() > MAX_BYTES {
        return Err(vec![Fault::new(
            1,
            "too-large",
            two!("文件超过 {MAX_BYTES} 字节", "the file is larger than {MAX_BYTES} bytes"),
            two!("删去不需要的状态和说明", "remove states and words that are not needed"),
        )]);
    }
    let mut reader = Reader::new(text);
    let (root, errors) = DeTable::parse_recoverable(text);
    // One slip makes everything after it senseless: only the first error is worth telling.
    let first = errors
        .iter()
        .min_by_key(|error| error.span().map_or(0, |span| span.start));
    if let Some(error) = first {
        return Err(vec![syntax(&reader, error)]);
    }
    let mut sheet = Sheet::new(root.get_ref(), 1, "the file");
    let process = whole(&mut reader, &mut sheet);
    reader.close(&sheet);
    let mut faults = reader.faults;
    if faults.is_empty() {
        return Ok(process);
    }
    faults.sort_by_key(|fault| fault.line);
    faults.dedup();
    Err(faults)
}

fn syntax(reader: &Reader, error: &toml::de::Error) -> Fault {
    let line = error.span().map_or(1, |span| reader.line(span.start));
    let message = error.message().trim();
    Fault::new(
        line,
        "syntax",
        two!("这里不是合法的 TOML：{message}", "this is not valid TOML: {message}"),
        two!(
            "检查引号、括号和等号是否成对",
            "check that quotes, brackets and equals signs are complete"
        ),
    )
}

fn whole(reader: &mut Reader, sheet: &mut Sheet<'_>) -> Process {
    let name = reader.need_text(sheet, "process");
    if let Some(name) = &name {
        reader.check_name(name.line, &name.value);
    }
    let part = reader.need_text(sheet, "part");
    if let Some(part) = &part {
        reader.check_name(part.line, &part.value);
    }
    let mut process = Process {
        name: name.map_or_else(String::new, |n| n.value),
        version: version(reader, sheet),
        label: reader.words(sheet, "label", 60),
        part: part.map_or_else(String::new, |p| p.value),
        part_label: reader.words(sheet, "part_label", 60),
        turn: turn(reader, sheet),
        terms: Vec::new(),
        states: Vec::new(),
        transitions: Vec::new(),
        clocks: Vec::new(),
        order_states: Vec::new(),
        order_endings: Vec::new(),
        order_transitions: Vec::new(),
    };
    pot(reader, sheet);
    process.terms = parts::terms(reader, sheet);
    process.states = parts::states(reader, sheet, "");
    process.states.extend(parts::endings(reader, sheet, ""));
    process.transitions = parts::transitions(reader, sheet);
    process.clocks = parts::clocks(reader, sheet);
    if let Some(mut order) = reader.table(sheet, "order") {
        process.order_states = parts::states(reader, &mut order, "order.");
        let (states, endings) = parts::order_endings(reader, &mut order);
        process.order_states.extend(states);
        process.order_endings = endings;
        process.order_transitions = parts::order_transitions(reader, &mut order);
        reader.close(&order);
    } else if !sheet.has("order") {
        reader.say(crate::fault::missing_key(1, "the file", "[order.state.…]"));
    }
    parts::sizes(reader, &process);
    parts::names(reader, &process);
    process
}

fn version(reader: &mut Reader, sheet: &mut Sheet<'_>) -> u32 {
    if !sheet.has("version") {
        reader.say(crate::fault::missing_key(1, "the file", "version"));
    }
    let Some(number) = reader.number(sheet, "version") else {
        return 0;
    };
    match u32::try_from(number.value) {
        Ok(version) if version > 0 => version,
        _ => {
            reader.say(crate::fault::bad_value(
                number.line,
                "version",
                "从 1 开始的整数",
                "a whole number from 1",
            ));
            0
        }
    }
}

fn turn(reader: &mut Reader, sheet: &mut Sheet<'_>) -> Turn {
    let Some(turn) = reader.need_text(sheet, "turn") else {
        return Turn::InOrder;
    };
    match turn.value.as_str() {
        "in_order" => Turn::InOrder,
        "together" => Turn::Together,
        other => {
            reader.say(unknown_name(
                turn.line,
                "次序",
                "turn",
                other,
                &["in_order", "together"],
            ));
            Turn::InOrder
        }
    }
}

/// Each part has its own pot; a pot for the whole order is a word kept for processes to come.
fn pot(reader: &mut Reader, sheet: &mut Sheet<'_>) {
    if let Some(pot) = reader.need_text(sheet, "pot")
        && pot.value != "part"
    {
        reader.say(unknown_name(pot.line, "资金池", "pot", &pot.value, &["part"]));
    }
}
