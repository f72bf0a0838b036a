//! The Passport login in plain HTTP. Real clients use TLS.

use super::{client, msn_server};
use crate::capture::{Capture, Side};

/// The challenge of the notification server for Passport.
pub const CHALLENGE: &str = "lc=1033,id=507,tw=40,fs=1,ru=http%3A%2F%2Fmessenger%2Eexample%2Ecom,\
    ct=1073355862,kpp=1,kv=5,ver=2.1.0173.1,tpf=00112233445566778899aabbccddeeff";

/// The ticket that the client gets for its password.
pub const TICKET: &str = "t=4invented!Ticket,00$$&p=4invented!Profile00$$";

/// The messages of a login, in order: the login server, a wrong password, another server,
/// success.
pub fn messages() -> Vec<(Side, String)> {
    let ask = |password: &str, host: &str| {
        format!(
            "GET /login2.srf HTTP/1.1\r\nAuthorization: Passport1.4 OrgVerb=GET,\
             OrgURL=http%3A%2F%2Fmessenger%2Eexample%2Ecom,sign-in=alice%40example.com,\
             pwd={password},{CHALLENGE}\r\nUser-Agent: MSMSGS\r\nHost: {host}\r\n\
             Connection: Keep-Alive\r\nCache-Control: no-cache\r\n\r\n"
        )
    };
    let end = "Content-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>";
    vec![
        (
            Side::Client,
            "GET /rdr/pprdr.asp HTTP/1.1\r\nHost: nexus.example.com\r\n\r\n".to_owned(),
        ),
        (
            Side::Server,
            "HTTP/1.1 200 OK\r\nPassportURLs: DARealm=Passport.Net,\
             DALogin=login.example.com/login2.srf,DAReg=http://register.example.com/reg,\
             ConfigVersion=11\r\nContent-Length: 0\r\n\r\n"
                .to_owned(),
        ),
        (Side::Client, ask("wrong", "login.example.com")),
        (
            Side::Server,
            format!(
                "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Passport1.4 da-status=failed,\
                 srealm=Passport.NET,ts=-3,prompt,cburl=http://www.example.com/pp.gif,\
                 cbtxt=Type%20your%20password%2E\r\n{end}"
            ),
        ),
        (Side::Client, ask("open%20sesame", "login.example.com")),
        (
            Side::Server,
            format!(
                "HTTP/1.1 302 Found\r\nAuthentication-Info: Passport1.4 da-status=redir\r\n\
                 Location: https://login2.example.com/login2.srf?lc=1033\r\n{end}"
            ),
        ),
        (Side::Client, ask("open%20sesame", "login2.example.com")),
        (
            Side::Server,
            format!(
                "HTTP/1.1 200 OK\r\nAuthentication-Info: Passport1.4 da-status=success,\
                 tname=MSPAuth,tname=MSPProf,from-PP='{TICKET}',\
                 ru=http://messenger.example.com\r\n{end}"
            ),
        ),
    ]
}

/// Adds the login to a capture.
pub fn login(capture: &mut Capture) {
    let tcp = capture.connect(client(50, 1030), msn_server(9, 80));
    for (side, message) in messages() {
        capture.send(tcp, side, message.as_bytes());
    }
    capture.close(tcp);
}
