//! Values of server roles and directions.

use crate::codes::Codes;

/// `msnms.role` of a switchboard.
pub(crate) const SWITCHBOARD: u64 = 3;
/// Values of `msnms.role`.
pub const ROLES: Codes = Codes::new(&[
    (1, c"Dispatch server"),
    (2, c"Notification server"),
    (SWITCHBOARD as u32, c"Switchboard"),
]);
/// `msnms.direction` of a line of the client.
pub(crate) const FROM_CLIENT: u64 = 1;
/// `msnms.direction` of a line of the server.
pub(crate) const FROM_SERVER: u64 = 2;
/// Values of `msnms.direction`.
pub const DIRECTIONS: Codes = Codes::new(&[
    (FROM_CLIENT as u32, c"Client to server"),
    (FROM_SERVER as u32, c"Server to client"),
]);
