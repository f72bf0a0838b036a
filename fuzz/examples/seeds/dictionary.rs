//! Words of the protocols, for libFuzzer's dictionaries.

use imshark::msn::msnftp::wire::codes::COMMANDS as FTP_COMMANDS;
use imshark::msn::msnp::wire::commands::COMMANDS as MSN_COMMANDS;
use imshark::msn::slp::wire::keys::KEYS;
use imshark::oicq::body::tlv_codes::TLV_TYPES;
use imshark::oicq::wire::client_table::CLIENTS;
use imshark::oicq::wire::commands::table::COMMANDS as QQ_COMMANDS;

/// Words of MSN that are in no table.
const MSN: &[&[u8]] = &[
    b"\r\n",
    b"\r\n\r\n",
    b"MIME-Version: 1.0\r\n",
    b"Content-Type: ",
    b"Content-Length: ",
    b"Content-Transfer-Encoding: base64",
    b"text/x-msnmsgrp2p",
    b"application/x-msnmsgrp2p",
    b"application/x-msnmsgr-sessionreqbody",
    b"text/x-msmsgsinvite; charset=UTF-8",
    b"Invitation-Command: INVITE\r\n",
    b"X-MMS-IM-Format: FN=Arial; EF=B; CO=ff; CS=0; PF=22\r\n",
    b"Message-ID: {",
    b"Chunks: 2",
    b"Chunk: 1",
    b"P2P-Dest: ",
    b"Routing: 1.0\r\n",
    b"Reliability: 1.0\r\n",
    b"Messaging: 2.0\r\n",
    b"Publication: 1.0\r\n",
    b"Bridging-Offsets: 0,52",
    b"INVITE MSNMSGR:a@example.com MSNSLP/1.0\r\n",
    b"MSNSLP/1.0 200 OK\r\n",
    b"<msnobj Creator=\"a\" Size=\"1\" Type=\"3\" Location=\"0\" Friendly=\"AAA=\" SHA1D=\"x\"/>",
    b"%3Cmsnobj%20",
    b"<ml><d n=\"a\"><c n=\"b\" l=\"3\" t=\"1\"/></d></ml>",
    b"<Data><PSM>a</PSM></Data>",
    b"<![CDATA[",
    b"&#x26;",
    b"=?utf-8?B?",
    b"\x04\0\0\0foo\0",
    b"HTTP/1.1 200 OK\r\n",
    b"POST /gateway/gateway.dll?Action=poll&SessionID=1.2 HTTP/1.1\r\n",
    b"X-MSN-Messenger: SessionID=1.2; GW-IP=192.0.2.9\r\n",
    b"Content-Type: application/x-msn-messenger\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Authorization: Passport1.4 OrgVerb=GET,sign-in=a%40b.c,pwd=x,lc=1\r\n",
    b"Authentication-Info: Passport1.4 da-status=success,from-PP='t=1&p=2'\r\n",
    b"WWW-Authenticate: Passport1.4 da-status=failed\r\n",
    b"PassportURLs: DALogin=example.com\r\n",
    b"CONNECT 203.0.113.8:443 HTTP/1.1\r\n\r\n",
    b"0000000a-0000-0000-0000-00000000000a",
];

/// Words of QQ that are in no table.
const QQ: &[&[u8]] = &[
    &[0x73; 16],
    b"\x02\x0f\x5f",
    b"\x02\x01\0",
    b"\0\0\0\0",
    b"\xff\xff\xff\xff",
    b"0 73737373737373737373737373737373\n",
    b"12345678 30:31:32:33:34:35:36:37:38:39:61:62:63:64:65:66\n",
    b"\x86\x02\xcb\xce\xcc\xe5\x0d",
    b"MSG",
    b"\0\xbc\x61\x4e",
];

/// The dictionary of a target.
pub fn of(target: &str) -> &'static str {
    match target {
        "bodies" | "frames" | "keys" | "sealed" | "tea" | "tlvs" => "qq",
        "secrets" | "whole" | "segments" | "endings" | "recognition" => "all",
        _ => "msn",
    }
}

/// All dictionaries: name and text.
pub fn all() -> [(&'static str, String); 3] {
    let verbs = MSN_COMMANDS.iter().map(|row| row.verb.to_vec());
    let mut msn: Vec<Vec<u8>> = verbs.collect();
    msn.extend(FTP_COMMANDS.iter().map(|(word, _)| word.to_vec()));
    msn.extend(KEYS.iter().map(|row| row.name.as_bytes().to_vec()));
    msn.extend(MSN.iter().map(|word| word.to_vec()));
    let number = |number: u16| number.to_be_bytes().to_vec();
    let mut qq: Vec<Vec<u8>> = QQ.iter().map(|word| word.to_vec()).collect();
    qq.extend(QQ_COMMANDS.iter().map(|row| number(row.code)));
    qq.extend(CLIENTS.rows().iter().map(|row| number(row.0 as u16)));
    qq.extend(TLV_TYPES.rows().iter().map(|row| number(row.0 as u16)));
    let both = msn.iter().chain(&qq).cloned().collect();
    [("msn", msn), ("qq", qq), ("all", both)].map(|(name, words)| (name, text(words)))
}

fn text(mut words: Vec<Vec<u8>>) -> String {
    words.sort_unstable();
    words.dedup();
    let lines = words.iter().map(|word| {
        let bytes: String = word.iter().map(|byte| format!("\\x{byte:02x}")).collect();
        format!("\"{bytes}\"\n")
    });
    lines.collect()
}
