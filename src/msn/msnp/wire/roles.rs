//! The numbers of server roles and of directions.

use crate::codes::Codes;

/// What `msnms.role` can be.
pub const ROLES: Codes = Codes::new(&[
    (1, c"Dispatch server"),
    (2, c"Notification server"),
    (3, c"Switchboard"),
]);
/// What `msnms.direction` can be.
pub const DIRECTIONS: Codes = Codes::new(&[(1, c"Client to server"), (2, c"Server to client")]);
