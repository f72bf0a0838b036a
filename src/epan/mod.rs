//! Ring 3: lays Plans on Wireshark's tree. The only ring with `unsafe`.
//!
//! # The rules that keep it sound
//!
//! * **No longjmp over Rust.** Rust calls nothing that can throw. The shim calls Rust, Rust
//!   returns a plan, and then the shim calls Wireshark with no Rust frame below it.
//! * **No panic into C.** Whatever C calls to read packets or tables runs in
//!   [`guard::guarded`].
//! * **No pointer outlives its memory.** The bytes of a packet are borrowed for one call;
//!   what the shim needs of a plan is copied to the packet's pool; a conversation holds
//!   the number of its session, not a pointer to it.
//! * **No packet text is a format.** The shim prints all text through `"%s"`.
//! * **A packet never chooses what code runs.** A plan can ask for a dissector of the list in
//!   [`crate::handoff`] by its row and by nothing else; the shim looks up the names of that
//!   list, once, and no other name.

mod guard;
mod lower;
#[cfg(feature = "panic-probe")]
mod probe;
mod register;
mod settings;
mod state;
mod sys;

use core::ffi::CStr;
use core::ptr::{null, null_mut};

use libc::{c_char, c_int, c_void};
use once_cell::sync::OnceCell;

use crate::epan::lower::{lower, Pool};
use crate::first_bytes::complete;
use crate::packet::Detail;
use crate::packet::{Address, Answer, Packet, Transport};
#[cfg(feature = "panic-probe")]
use crate::protocols::PROTOCOLS;

/// The Wireshark that the headers belong to: MAJOR and MINOR.
pub(crate) const WANTED: (c_int, c_int) = (
    crate::epan::sys::IMSHARK_WANT_MAJOR as c_int,
    crate::epan::sys::IMSHARK_WANT_MINOR as c_int,
);

/// What the shim calls.
static RUST: OnceCell<crate::epan::sys::imshark_rust> = OnceCell::new();

/// Hands our functions to Wireshark.
pub(crate) fn register() {
    let functions = RUST.get_or_init(|| {
        crate::epan::guard::install();
        crate::epan::sys::imshark_rust {
            tables: Some(tables),
            dissectors: Some(dissectors),
            reset: Some(reset),
            open_session: Some(open_session),
            dissect: Some(dissect),
            recognise: Some(recognise),
            is_telling: Some(is_telling),
            is_whole: Some(is_whole),
            check_key: Some(check_key),
            use_keys: Some(use_keys),
        }
    });
    // SAFETY: Wireshark calls `plugin_register`, and so this, from one thread; the functions
    // live for ever; nothing in the call throws.
    unsafe { crate::epan::sys::imshark_register_plugin(functions) };
}

/// What kind of plugin this is.
pub(crate) fn description() -> u32 {
    // SAFETY: it returns a constant.
    unsafe { crate::epan::sys::imshark_plugin_description() }
}

unsafe extern "C" fn tables(which: u32) -> *mut crate::epan::sys::imshark_protocol {
    crate::epan::guard::guarded(|| crate::epan::register::tables(which as usize))
        .ok()
        .flatten()
        .unwrap_or(null_mut())
}

unsafe extern "C" fn dissectors(count: *mut u32) -> *const crate::epan::sys::imshark_dissector {
    let (list, length) =
        crate::epan::guard::guarded(crate::epan::register::dissectors).unwrap_or((null(), 0));
    // SAFETY: the shim passes a number of its own.
    unsafe { *count = length as u32 };
    list
}

unsafe extern "C" fn reset() {
    // Freeing does not panic; if it did, there would be nothing better to do.
    let _ = crate::epan::guard::guarded(crate::epan::state::reset);
}

unsafe extern "C" fn open_session(which: u32) -> u32 {
    crate::epan::guard::guarded(|| crate::epan::state::open(which)).unwrap_or(0)
}

unsafe extern "C" fn dissect(
    which: u32,
    packet: *const crate::epan::sys::imshark_packet,
    pool: *mut c_void,
    out: *mut crate::epan::sys::imshark_plan,
) {
    let pool = Pool(pool);
    // SAFETY: the shim passes a valid packet and a zeroed plan of its own, used by nobody
    // else during the call.
    let (packet, out) = unsafe { (&*packet, &mut *out) };
    let result = crate::epan::guard::guarded(|| {
        // SAFETY: `packet` comes from the shim.
        let (session, packet) = (packet.session, unsafe { view(packet) });
        #[cfg(feature = "panic-probe")]
        if let Some(plan) = crate::epan::probe::answer(PROTOCOLS[which as usize], &packet) {
            lower(plan, &packet, 0, pool, out);
            return;
        }
        let mut whole = Vec::new();
        match which {
            crate::epan::sys::IMSHARK_MSN => {
                crate::epan::state::with_msn(session, |session, shared| {
                    crate::msn::msnp::state::claim::remember(&packet, session, shared);
                    let (packet, before) = complete(&session.first, &packet, &mut whole);
                    let plan = crate::msn::msnp::dissect::dissect(&packet, session, shared);
                    lower(plan, &packet, before, pool, out);
                })
            }
            crate::epan::sys::IMSHARK_P2P_DIRECT => {
                crate::epan::state::with_p2p_direct(session, |session, shared| {
                    crate::msn::p2p::state::claim::remember(&packet, session, shared);
                    let (packet, before) = complete(&session.first, &packet, &mut whole);
                    let plan = crate::msn::p2p::dissect::dissect(&packet, session, shared);
                    lower(plan, &packet, before, pool, out);
                })
            }
            crate::epan::sys::IMSHARK_MSNFTP => {
                crate::epan::state::with_msnftp(session, |session, shared| {
                    crate::msn::msnftp::state::claim::remember(&packet, session, shared);
                    let (packet, before) = complete(&session.first, &packet, &mut whole);
                    let plan = crate::msn::msnftp::dissect::dissect(&packet, session, shared);
                    lower(plan, &packet, before, pool, out);
                })
            }
            _ => crate::epan::state::with_oicq(session, |session, shared| {
                let (packet, before) = complete(&session.first, &packet, &mut whole);
                let plan = crate::oicq::dissect::dissect(&packet, session, shared);
                lower(plan, &packet, before, pool, out);
            }),
        }
    });
    if let Err(message) = result {
        out.panic = pool.keep_text(&message);
    }
}

unsafe extern "C" fn recognise(
    which: u32,
    packet: *const crate::epan::sys::imshark_packet,
) -> c_int {
    // SAFETY: the shim passes a valid packet.
    let packet = unsafe { &*packet };
    // A heuristic must not throw, or the dissectors behind it never see the packet: a
    // panic here means "not ours".
    let answer = crate::epan::guard::guarded(|| {
        // SAFETY: `packet` comes from the shim.
        let (session, packet) = (packet.session, unsafe { view(packet) });
        if session == 0 {
            return match (which, packet.transport) {
                (crate::epan::sys::IMSHARK_MSN, Transport::HttpMessages) => {
                    crate::msn::http::recognise(&packet, None)
                }
                (crate::epan::sys::IMSHARK_MSN, _) => {
                    crate::msn::msnp::state::claim::recognise(&packet, None)
                }
                (crate::epan::sys::IMSHARK_P2P_DIRECT, _) => {
                    crate::msn::p2p::state::claim::recognise(&packet, None)
                }
                (crate::epan::sys::IMSHARK_MSNFTP, _) => {
                    crate::msn::msnftp::state::claim::recognise(&packet, None)
                }
                _ => crate::oicq::state::recognise::recognise(&packet, None),
            };
        }
        match which {
            crate::epan::sys::IMSHARK_MSN => {
                crate::epan::state::with_msn(session, |session, shared| match packet.transport {
                    Transport::HttpMessages => crate::msn::http::recognise(&packet, Some(session)),
                    _ => {
                        crate::msn::msnp::state::claim::recognise(&packet, Some((session, shared)))
                    }
                })
            }
            crate::epan::sys::IMSHARK_P2P_DIRECT => {
                crate::epan::state::with_p2p_direct(session, |session, shared| {
                    crate::msn::p2p::state::claim::recognise(&packet, Some((session, shared)))
                })
            }
            crate::epan::sys::IMSHARK_MSNFTP => {
                crate::epan::state::with_msnftp(session, |session, shared| {
                    crate::msn::msnftp::state::claim::recognise(&packet, Some((session, shared)))
                })
            }
            _ => crate::epan::state::with_oicq(session, |session, shared| {
                crate::oicq::state::recognise::recognise(&packet, Some((session, shared)))
            }),
        }
    });
    let answer = match answer {
        Ok(Answer::Yes) => crate::epan::sys::IMSHARK_YES,
        Ok(Answer::Remember) => crate::epan::sys::IMSHARK_REMEMBER,
        Ok(Answer::No) | Err(_) => crate::epan::sys::IMSHARK_NO,
    };
    answer as c_int
}

unsafe extern "C" fn is_telling(bytes: *const u8, length: u32) -> c_int {
    let is_telling = crate::epan::guard::guarded(|| {
        // SAFETY: the shim passes `length` bytes of a tvbuff, which stay for the call.
        crate::msn::http::is_telling(unsafe { slice(bytes, length) })
    });
    c_int::from(is_telling.unwrap_or(false))
}

unsafe extern "C" fn is_whole(bytes: *const u8, length: u32) -> c_int {
    let is_whole = crate::epan::guard::guarded(|| {
        // SAFETY: as for `is_telling`.
        crate::msn::http::wire::head::is_whole(unsafe { slice(bytes, length) })
    });
    c_int::from(is_whole.unwrap_or(false))
}

unsafe extern "C" fn check_key(row: *const crate::epan::sys::imshark_key) -> *const c_char {
    // SAFETY: the shim passes a valid row.
    let row = unsafe { &*row };
    crate::epan::guard::guarded(|| crate::epan::settings::fault_of(row))
        .unwrap_or(Some(c"imshark cannot read this row"))
        .map_or(null(), CStr::as_ptr)
}

unsafe extern "C" fn use_keys(
    rows: *const crate::epan::sys::imshark_key,
    count: u32,
    table: *const c_char,
    keylog: *const c_char,
    show_keys: c_int,
    complaint: *mut c_char,
    size: usize,
) {
    let said = crate::epan::guard::guarded(|| {
        // SAFETY: the shim passes `count` rows, none of which changes during the call.
        let rows = unsafe { slice(rows, count) };
        crate::epan::settings::set(rows, table, keylog, show_keys)
    });
    let text = said.unwrap_or_else(Some).unwrap_or_default();
    let mut end = text.len().min(size.saturating_sub(1));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if size > 0 {
        // SAFETY: the shim's buffer has `size` bytes, and `end` is less.
        unsafe {
            core::ptr::copy_nonoverlapping(text.as_ptr(), complaint.cast(), end);
            *complaint.add(end) = 0;
        }
    }
}

/// The packet as the dissectors know it.
///
/// # Safety
///
/// `packet.bytes` must point to `packet.captured` bytes, and `packet.heading` to
/// `packet.heading_length`, that stay as they are during the call from C; or the length is 0.
unsafe fn view(packet: &crate::epan::sys::imshark_packet) -> Packet<'_> {
    // SAFETY: the caller's promise; the tvbuffs hold the bytes for the whole call.
    let (bytes, heading) = unsafe {
        (
            slice(packet.bytes, packet.captured),
            slice(packet.heading, packet.heading_length),
        )
    };
    Packet {
        bytes,
        reported: (packet.reported as usize).max(bytes.len()),
        frame: packet.frame,
        first_pdu: packet.first_pdu,
        first_pass: packet.first_pass != 0,
        can_reassemble: packet.can_reassemble != 0,
        transport: match u32::from(packet.transport) {
            crate::epan::sys::IMSHARK_TCP => Transport::Tcp,
            crate::epan::sys::IMSHARK_UDP => Transport::Udp,
            crate::epan::sys::IMSHARK_HTTP => Transport::Http,
            crate::epan::sys::IMSHARK_HTTP_MESSAGES => Transport::HttpMessages,
            _ => Transport::Other,
        },
        heading,
        time: packet.time,
        source: address(&packet.source),
        destination: address(&packet.destination),
        source_port: packet.source_port,
        destination_port: packet.destination_port,
        from_lower: packet.from_lower != 0,
        recognised: packet.recognised != 0,
        opens: packet.opens != 0,
        tunnelled: packet.tunnelled != 0,
        sequence: (packet.has_sequence != 0).then_some(packet.sequence),
        detail: match u32::from(packet.detail) {
            crate::epan::sys::IMSHARK_TREE => Detail::Tree,
            crate::epan::sys::IMSHARK_FIELDS => Detail::Fields,
            crate::epan::sys::IMSHARK_HEADS => Detail::Heads,
            _ => Detail::Columns,
        },
    }
}

/// # Safety
///
/// `start` must point to `length` values that stay as they are for `'a`, or `length` is 0.
unsafe fn slice<'a, T>(start: *const T, length: u32) -> &'a [T] {
    if length == 0 || start.is_null() {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { core::slice::from_raw_parts(start, length as usize) }
}

fn address(address: &crate::epan::sys::imshark_address) -> Address {
    let [a, b, c, d, ..] = address.bytes;
    match address.length {
        4 => Address::V4([a, b, c, d]),
        16 => Address::V6(address.bytes),
        _ => Address::Unknown,
    }
}
