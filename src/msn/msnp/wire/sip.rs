//! SIP messages carried by the notification server.

/// Whether `data` begins with a SIP status line or request line.
pub fn is_message(data: &[u8]) -> bool {
    let line = data.split(|byte| *byte == b'\n').next().unwrap_or_default();
    data.starts_with(b"SIP/2.0 ") || line.trim_ascii_end().ends_with(b" SIP/2.0")
}
