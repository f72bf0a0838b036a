//! The reports of [`REPORTS`] in the form that the shim uses.
//!
//! What a packet says is [`Said`], which the packet's pool owns; an open report is a [`Listener`].
//! The shim holds pointers to both and passes them back; it never reads them.

use core::ffi::{c_void, CStr};
use core::ptr::{null, null_mut};
use core::sync::atomic::{AtomicBool, Ordering};
use std::ffi::CString;
use std::io;
use std::io::{BufWriter, Write};
use std::sync::{Mutex, PoisonError};

use libc::c_char;

use crate::epan::forever::{forever, Rows};
use crate::epan::view::slice;
use crate::epan::{guard, sys};
use crate::event::Event;
use crate::packet::Packet;
use crate::plan::Plan;
use crate::report;
use crate::report::{one_line, Cell, Format, Holds, Report, ReportSpec, REPORTS};

/// An open report, and what the shim was last given of it.
struct Listener {
    spec: &'static ReportSpec,
    format: Format,
    report: Box<dyn Report>,
    /// The message of a panic, if there was one: the report is not complete then.
    fault: Option<String>,
    changed: Vec<u32>,
    texts: Vec<CString>,
}

impl Listener {
    fn new(spec: &'static ReportSpec, format: Format) -> Self {
        Self {
            spec,
            format,
            report: (spec.make)(),
            fault: None,
            changed: Vec::new(),
            texts: Vec::new(),
        }
    }

    fn add(&mut self, events: &[Event]) {
        let mut changed = Vec::new();
        for event in events {
            self.report.add(event, &mut changed);
        }
        changed.sort_unstable();
        changed.dedup();
        let changed = changed.into_iter();
        self.changed = changed.filter_map(|row| u32::try_from(row).ok()).collect();
    }
}

/// What a packet says to those who listen.
pub(super) struct Said {
    pub(super) events: Vec<Event>,
    /// Its PDUs as records: see [`crate::report::records`]. Empty if nobody wants them.
    pub(super) records: String,
}

/// Makes a pointer to what a packet says for [`free_events`].
pub(super) fn boxed(said: Said) -> *mut c_void {
    Box::into_raw(Box::new(said)).cast()
}

/// What a packet says.
///
/// # Safety
///
/// `said` comes from [`boxed`], and its pool lives for `'a`.
unsafe fn said_at<'a>(said: *const c_void) -> &'a Said {
    // SAFETY: the caller's promise.
    unsafe { &*said.cast::<Said>() }
}

/// The events of a packet.
///
/// # Safety
///
/// As for [`said_at`].
pub(super) unsafe fn events_at<'a>(said: *const c_void) -> &'a [Event] {
    // SAFETY: the caller's promise.
    unsafe { &said_at(said).events }
}

/// Whether somebody wants the PDUs as records.
static WANTS_RECORDS: AtomicBool = AtomicBool::new(false);

/// Whether to make records of the PDUs.
pub(super) fn wants_records() -> bool {
    WANTS_RECORDS.load(Ordering::Relaxed)
}

/// The frame whose PDUs were made into records last, whether in the first pass, and how many.
static RECORDED: Mutex<(u32, bool, u32)> = Mutex::new((0, false, 0));

/// The records of a packet. A frame can have several, of several protocols.
pub(super) fn records_of(plan: &Plan<'_>, packet: &Packet<'_>) -> String {
    let mut last = RECORDED.lock().unwrap_or_else(PoisonError::into_inner);
    if (last.0, last.1) != (packet.frame, packet.first_pass) {
        *last = (packet.frame, packet.first_pass, 0);
    }
    report::records(plan, packet, &mut last.2)
}

pub(super) unsafe extern "C" fn want_records() {
    WANTS_RECORDS.store(true, Ordering::Relaxed);
}

pub(super) unsafe extern "C" fn records(said: *const c_void, length: *mut usize) -> *const c_char {
    // SAFETY: the shim passes what a packet says, whose pool lives while taps are called, and a
    // pointer to a variable of its own.
    unsafe {
        let records = &said_at(said).records;
        *length = records.len();
        records.as_ptr().cast()
    }
}

/// The reports.
pub(super) unsafe extern "C" fn reports(count: *mut u32) -> *const sys::imshark_report {
    static ROWS: Rows<sys::imshark_report> = Rows::new();
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe { ROWS.get(REPORTS, row, count) }
}

fn row(spec: &ReportSpec) -> sys::imshark_report {
    let columns = spec.columns.iter().map(|column| sys::imshark_column {
        title: column.title.as_ptr(),
        // The host has no empty cell among numbers: it would show 0.
        is_number: u8::from(column.holds == Holds::Numbers),
        is_right: u8::from(column.is_number()),
    });
    sys::imshark_report {
        name: spec.name.as_ptr(),
        table_name: spec.table_name.map_or(null(), CStr::as_ptr),
        title: spec.title.as_ptr(),
        columns: forever(columns),
        column_count: spec.columns.len() as u32,
        protocol: u32::from(spec.protocol.index),
    }
}

pub(super) unsafe extern "C" fn open_report(
    which: u32,
    format: *const c_char,
    length: u32,
) -> *mut c_void {
    let listener = guard::guarded(|| {
        // SAFETY: the shim passes `length` bytes of the user's argument, or none.
        let word = unsafe { slice(format.cast::<u8>(), length) };
        let format = match word {
            [] => Format::default(),
            word => Format::named(core::str::from_utf8(word).ok()?)?,
        };
        let spec = REPORTS.get(which as usize)?;
        Some(Box::into_raw(Box::new(Listener::new(spec, format))))
    });
    listener.ok().flatten().map_or(null_mut(), <*mut _>::cast)
}

/// # Safety
///
/// `report` comes from [`open_report`], is not closed, and nobody else uses it during the call.
unsafe fn listener<'a>(report: *mut c_void) -> &'a mut Listener {
    // SAFETY: the caller's promise. Wireshark calls taps from one thread.
    unsafe { &mut *report.cast::<Listener>() }
}

pub(super) unsafe extern "C" fn close_report(report: *mut c_void) {
    // SAFETY: `report` comes from `open_report`, and is closed once: by the shim, or by Wireshark with its listener.
    drop(unsafe { Box::from_raw(report.cast::<Listener>()) });
}

pub(super) unsafe extern "C" fn reset_report(report: *mut c_void) {
    // SAFETY: the shim passes a report of its own.
    let listener = unsafe { listener(report) };
    let (spec, format) = (listener.spec, listener.format);
    // Making an empty report does not panic; if it did, the old one would stay.
    let _ = guard::guarded(|| *listener = Listener::new(spec, format));
}

pub(super) unsafe extern "C" fn add_events(
    report: *mut c_void,
    events: *const c_void,
    count: *mut u32,
) -> *const u32 {
    // SAFETY: the shim passes a report of its own.
    let listener = unsafe { listener(report) };
    let result = guard::guarded(|| {
        listener.changed.clear();
        // SAFETY: the shim passes the events of a packet, whose pool lives while taps are called.
        listener.add(unsafe { events_at(events) });
    });
    if let Err(message) = result {
        listener.fault.get_or_insert(message);
    }
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe { *count = listener.changed.len() as u32 };
    listener.changed.as_ptr()
}

pub(super) unsafe extern "C" fn report_row(
    report: *mut c_void,
    row: u32,
    cells: *mut sys::imshark_cell,
) {
    // SAFETY: the shim passes a report of its own.
    let listener = unsafe { listener(report) };
    let row = guard::guarded(|| listener.report.row(row as usize)).unwrap_or_default();
    listener.texts.clear();
    let columns = listener.spec.columns.iter();
    for (index, (cell, column)) in row.into_iter().zip(columns).enumerate() {
        let text = match cell {
            // The host sorts texts by characters.
            Cell::Number(number) if column.holds == Holds::KnownNumbers => format!("{number:>10}"),
            Cell::Number(number) => {
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                // SAFETY: the shim passes a cell for each column.
                unsafe { (*cells.add(index)).number = number };
                continue;
            }
            cell => one_line(&cell.into_text()),
        };
        let text = CString::new(text).unwrap_or_default();
        // SAFETY: as above. The text lives in `texts` until the next call.
        unsafe { (*cells.add(index)).text = text.as_ptr() };
        listener.texts.push(text);
    }
}

/// A function of the shim that writes a piece of a report.
struct Output(unsafe extern "C" fn(*const c_char, usize));

impl Write for Output {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        // SAFETY: the shim's function reads so many bytes, and calls only the C library.
        unsafe { (self.0)(piece.as_ptr().cast(), piece.len()) };
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub(super) unsafe extern "C" fn print_report(
    report: *mut c_void,
    write: Option<unsafe extern "C" fn(*const c_char, usize)>,
) {
    // SAFETY: the shim passes a report of its own.
    let listener = unsafe { listener(report) };
    let Some(write) = write else {
        return;
    };
    let (spec, report, format) = (listener.spec, &*listener.report, listener.format);
    let printed = match &listener.fault {
        Some(message) => Err(message.clone()),
        // Writing does not fail.
        None => guard::guarded(|| {
            let mut out = BufWriter::new(Output(write));
            let _ = format.print(spec, report, &mut out).and(out.flush());
        }),
    };
    if let Err(message) = printed {
        let text = format!("imshark has a bug and cannot make this report: {message}\n");
        let _ = Output(write).write_all(text.as_bytes());
    }
}

pub(super) unsafe extern "C" fn free_events(events: *mut c_void) {
    // SAFETY: `events` comes from `boxed`, and the pool calls this once.
    drop(unsafe { Box::from_raw(events.cast::<Said>()) });
}
