//! Values of server roles and directions.

use crate::codes::Codes;

/// Values of `msnms.role`.
pub const ROLES: Codes = Codes::new(&[
    (1, c"Dispatch server"),
    (2, c"Notification server"),
    (3, c"Switchboard"),
]);
/// Values of `msnms.direction`.
pub const DIRECTIONS: Codes = Codes::new(&[(1, c"Client to server"), (2, c"Server to client")]);
