//! Values of server roles and directions.

use crate::codes::Codes;

/// Values of `msnms.role`.
pub const ROLES: Codes = Codes::new(&[
    (1, c"Dispatch server"),
    (2, c"Notification server"),
    (3, c"Switchboard"),
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
