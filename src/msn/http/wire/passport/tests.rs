use super::*;
use crate::msn::http::wire::head;

fn read(data: &str) -> Vec<(PassportHeaderKind, Vec<(PassportKey, &str)>)> {
    let text = |span: Span| core::str::from_utf8(span.of(data.as_bytes())).unwrap();
    let head = head::head(data.as_bytes(), 0).unwrap();
    let headers = headers(data.as_bytes(), &head).into_iter();
    let pairs = |header: &PassportHeader| {
        let pairs = header.pairs.iter();
        pairs.map(|pair| (pair.key, text(pair.value))).collect()
    };
    headers
        .map(|header| (header.kind, pairs(&header)))
        .collect()
}

/// The exchange of docs/protocol/msnp.md §6.2.
#[test]
fn the_login_exchange() {
    assert_eq!(
        read("HTTP/1.1 200 OK\r\nPassportURLs: DARealm=Passport.Net,DALogin=login.example.com/login2.srf,DAReg=http://reg.example.com\r\nLocation: x\r\n\r\n"),
        [
            (PassportHeaderKind::Urls, vec![
                (PassportKey::Realm, "Passport.Net"),
                (PassportKey::Login, "login.example.com/login2.srf"),
                (PassportKey::Registration, "http://reg.example.com"),
            ]),
            (PassportHeaderKind::Location, vec![(PassportKey::Login, "x")]),
        ]
    );
    assert_eq!(
        read("GET /login2.srf HTTP/1.1\r\nAuthorization: Passport1.4 OrgVerb=GET,OrgURL=http%3A%2F%2Fmessenger%2Emsn%2Ecom,sign-in=alice%40example.com,pwd=secret,lc=1033,tpf=ed1c\r\n\r\n"),
        [(PassportHeaderKind::Authorization, vec![
            (PassportKey::Verb, "GET"),
            (PassportKey::Url, "http%3A%2F%2Fmessenger%2Emsn%2Ecom"),
            (PassportKey::SignIn, "alice%40example.com"),
            (PassportKey::Password, "secret"),
            (PassportKey::Other, "1033"),
            (PassportKey::Other, "ed1c"),
        ])]
    );
    assert_eq!(
        read("HTTP/1.1 200 OK\r\nAuthentication-Info: Passport1.4 da-status=success,tname=MSPAuth,tname=MSPProf,from-PP='t=5a,b$$&p=4Q!c$$',ru=http://messenger.msn.com\r\n\r\n"),
        [(PassportHeaderKind::Info, vec![
            (PassportKey::Status, "success"),
            (PassportKey::TicketName, "MSPAuth"),
            (PassportKey::TicketName, "MSPProf"),
            (PassportKey::Ticket, "t=5a,b$$&p=4Q!c$$"),
            (PassportKey::ReturnUrl, "http://messenger.msn.com"),
        ])]
    );
    assert_eq!(
        read("HTTP/1.1 401 No\r\nWWW-Authenticate: Passport1.4 da-status=failed,srealm=Passport.NET,ts=-3,prompt,cburl=http://x.example.com,cbtxt=Type%20it\r\n\r\n"),
        [(PassportHeaderKind::Challenge, vec![
            (PassportKey::Status, "failed"),
            (PassportKey::Realm, "Passport.NET"),
            (PassportKey::Other, "-3"),
            (PassportKey::Other, ""),
            (PassportKey::CallbackUrl, "http://x.example.com"),
            (PassportKey::CallbackText, "Type%20it"),
        ])]
    );
}

#[test]
fn other_headers_are_ignored() {
    for line in [
        "Authorization: Basic YTpi",
        "Authorization: PassportX a=b",
        "WWW-Authenticate: Negotiate",
        "Location: http://passport.example.com",
        "X-Passport: Passport1.4 a=b",
    ] {
        let data = format!("HTTP/1.1 401 No\r\n{line}\r\n\r\n");
        assert_eq!(read(&data), [], "{line}");
    }
}

#[test]
fn stray_quotes_do_not_hide_pairs() {
    let data =
        "HTTP/1.1 200 OK\r\nAuthentication-Info: Passport1.4 it's=1, ,=x,a='t=1,ru=it\r\n\r\n";
    let head = head::head(data.as_bytes(), 0).unwrap();
    let found = headers(data.as_bytes(), &head);
    let texts: Vec<_> = found[0]
        .pairs
        .iter()
        .map(|pair| &data[pair.span.start..pair.span.end()])
        .collect();
    assert_eq!(texts, ["it's=1", "=x", "a='t=1", "ru=it"]);
    assert_eq!(found[0].version, Some(Span::new(46, 3)));
}

#[test]
fn pairs_are_bounded() {
    let data = format!(
        "HTTP/1.1 200 OK\r\nPassportURLs: {}\r\n\r\n",
        "a=b,".repeat(999)
    );
    assert_eq!(read(&data)[0].1.len(), MAX_PAIRS);
}

#[test]
fn the_first_value_of_a_key_counts() {
    let data = b"HTTP/1.1 200 OK\r\nPassportURLs: DARealm=a,DALogin=b,DARealm=c\r\n\r\n";
    let found = headers(data, &head::head(data, 0).unwrap());
    let value = |key| found[0].value(key).map(|value| value.of(data));
    assert_eq!(value(PassportKey::Realm), Some(&b"a"[..]));
    assert_eq!(value(PassportKey::Login), Some(&b"b"[..]));
    assert_eq!(value(PassportKey::Ticket), None);
}
