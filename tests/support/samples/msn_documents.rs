//! XML payloads: contacts, presence, alerts, policies, notifications between users.

use super::lines::{c, c_with, play, s, s_with, SentSegment};
use super::{client, msn_server};
use crate::capture::Capture;

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    let tcp = capture.connect(client(31, 1025), msn_server(2, 1863));
    let opening = [c("VER 1 MSNP18 CVR0"), s("VER 1 MSNP18")];
    play(&mut capture, tcp, opening);
    play(&mut capture, tcp, [s_with("GCF 0", policies())]);
    play(&mut capture, tcp, contacts());
    play(&mut capture, tcp, presence());
    play(&mut capture, tcp, alerts());
    play(&mut capture, tcp, between_users());
    play(&mut capture, tcp, malformed());
    play(&mut capture, tcp, [c("OUT")]);
    capture.close(tcp);
    capture
}

fn policies() -> String {
    "<Policies>\n\t<Policy type=\"SHIELDS\" checksum=\"D9705A71BA841CB38955822E048970C3\"><config> \
     <shield><cli maj=\"7\" min=\"0\" minbld=\"0\" maxbld=\"9999\" deny=\" \" /></shield> \
     <block></block></config></Policy>\n\t<Policy type=\"P2P\" \
     checksum=\"815D4F1FF8E39A85F1F97C4B16C45177\"><ObjStr SndDly=\"1\" /></Policy>\n</Policies>"
        .into()
}

fn contacts() -> Vec<SentSegment> {
    let first = "<ml l=\"1\"><d n=\"example.net\"><c n=\"bob\" l=\"3\" t=\"1\"/>\
        <c n=\"dave\" l=\"4\" t=\"1\"/></d><d n=\"example.org\"><c n=\"carol\" l=\"3\" t=\"32\"/></d>\
        <t><c n=\"tel:+15550100\" l=\"3\"/></t></ml>";
    let services =
        "<ml l=\"1\"><d n=\"live.example.com\"><c n=\"00000000-0000-0000-0009-000000000001\" \
        t=\"9\"><s n=\"IM\" l=\"3\"/><s n=\"PE\" l=\"1\"/></c></d></ml>";
    let added =
        "<ml><d n=\"example.net\"><c n=\"frank\" t=\"1\" l=\"8\" f=\"Fr%C3%A4nk%20F\" /></d></ml>";
    let removed = "<ml><d n=\"example.net\"><c n=\"frank\" l=\"2\" t=\"1\"/></d></ml>";
    let query = "<ml l=\"2\"><d n=\"example.org\"><c n=\"carol\"/></d></ml>";
    let answer = "<ml><d n=\"example.org\"><c n=\"carol\" t=\"32\" /></d></ml>";
    vec![
        c_with("ADL 2", first),
        s("ADL 2 OK"),
        c_with("ADL 3", services),
        s("ADL 3 OK"),
        s_with("ADL 0", added),
        c_with("RML 4", removed),
        s("RML 4 OK"),
        c_with("FQY 5", query),
        s_with("FQY 5", answer),
        c_with("ADL 6", "<ml></ml>"),
        s_with("241 6", removed),
    ]
}

fn presence() -> Vec<SentSegment> {
    let media = "\\0Music\\01\\0{0} - {1}\\0A &amp; B\\0The Band\\0Album\\0\\0";
    let sound =
        "&lt;msnobj Creator=&quot;alice@example.com&quot; Type=&quot;14&quot; Size=&quot;5&quot; \
        Location=&quot;hello.wma&quot;/&gt;";
    let full = format!(
        "<Data><PSM>Off to lunch &#x26; back</PSM><CurrentMedia>{media}</CurrentMedia>\
         <MachineGuid>{{44BFD5A4-7450-4BDA-BA3A-C51B3031126D}}</MachineGuid>\
         <SignatureSound>{sound}</SignatureSound><DDP></DDP><DDP>{sound}</DDP>\
         <Scene>{sound}</Scene><ColorScheme>-3740930</ColorScheme>\
         <UserTileLocation>{sound}</UserTileLocation><FriendlyName>Alice &lt;A&gt;</FriendlyName>\
         <RUM></RUM><RMU></RMU></Data>"
    );
    let endpoints = "<Data><PSM/><CurrentMedia></CurrentMedia>\
        <EndpointData id=\"{8c8f3c2e-6a52-4a0e-9a6e-0d5c2b3f4a01}\">\
        <Capabilities>1342558252:2</Capabilities></EndpointData>\
        <PrivateEndpointData id=\"{8c8f3c2e-6a52-4a0e-9a6e-0d5c2b3f4a01}\"><EpName>LAPTOP</EpName>\
        <Idle>true</Idle><ClientType>1</ClientType><State>AWY</State></PrivateEndpointData></Data>";
    // A current server does not escape the name.
    let bare = "<Data><PrivateEndpointData><EpName>Lap & Top</EpName><Idle>maybe</Idle>\
        <ClientType>x</ClientType></PrivateEndpointData>\
        <EndpointData><Capabilities>many</Capabilities></EndpointData></Data>";
    vec![
        c_with("UUX 7", full),
        s("UUX 7 0"),
        s_with("UBX 1:bob@example.net", endpoints),
        s_with("UBX 1:bob@example.net", bare),
        s_with("UBX 1:bob@example.net", ""),
    ]
}

fn alerts() -> Vec<SentSegment> {
    let changed =
        "<NOTIFICATION id=\"0\" siteid=\"45705\" siteurl=\"http://contacts.example.com\">\r\n\
        \t<TO pid=\"0x00010000:0x075bcd15\" name=\"alice@example.com\">\r\n\
        \t\t<VIA agent=\"messenger\" />\r\n\t</TO>\r\n\t<MSG id=\"0\">\r\n\
        \t\t<SUBSCR url=\"s.htm\" />\r\n\t\t<ACTION url=\"a.htm\" />\r\n\t\t<BODY>\r\n\
        \t\t\t&lt;NotificationData xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"&gt;\r\n\
        \t\t\t\t&lt;Service&gt;ABCHInternal&lt;/Service&gt;\r\n\
        \t\t\t\t&lt;CID&gt;-3229138263692930174&lt;/CID&gt;\r\n\
        \t\t\t\t&lt;LastModifiedDate&gt;2009-11-20T12:59:54Z&lt;/LastModifiedDate&gt;\r\n\
        \t\t\t\t&lt;HasNewItem&gt;true&lt;/HasNewItem&gt;\r\n\
        \t\t\t\t&lt;CircleId&gt;00000000-0000-0000-0009-000000000001&lt;/CircleId&gt;\r\n\
        \t\t\t&lt;/NotificationData&gt;\r\n\t\t</BODY>\r\n\t</MSG>\r\n</NOTIFICATION>";
    let stocks = "<NOTIFICATION ver=\"2\" id=\"1342902633\" siteid=\"199999999\" \
        siteurl=\"http://alerts.example.com\"><TO pid=\"0x0006BFFD:0x8582C0FB\" \
        name=\"alice@example.com\" email=\"alice@example.org\"/>\
        <FROM pid=\"0x00000001:0x00000002\" name=\"stocks@example.com\"/>\
        <MSG pri=\"1\" id=\"1342902633\"><SUBSCR url=\"s.htm\"/><ACTION url=\"a.htm\"/>\
        <CAT id=\"110110001\"/><BODY lang=\"1033\" icon=\"stocks.png\">\
        <TEXT>Shares have fallen</TEXT><TEXTX>Shares of Invented Inc.</TEXTX></BODY></MSG></NOTIFICATION>";
    let page = "<NOTIFICATION id=\"407\" siteid=\"45705\"><TO name=\"alice@example.com\"/>\
        <FROM name=\"tel:+15550100\"/><MSG id=\"407\"><BODY><TEXT>Page too long</TEXT></BODY></MSG></NOTIFICATION>";
    vec![
        s_with("NOT", changed),
        s_with("NOT", stocks),
        s_with("IPG", page),
        c_with(
            "PGD 8 tel:+15550100 1",
            "<TEXT xml:space=\"preserve\" enc=\"utf-8\">Call me</TEXT>",
        ),
        s("715 8"),
    ]
}

/// UUN and UBN, by type.
fn between_users() -> Vec<SentSegment> {
    let ubn = |kind: u8, payload: &str| s_with(&format!("UBN bob@example.net {kind}"), payload);
    vec![
        ubn(
            1,
            "<SNM opcode=\"NAK\" csid=\"{0AC79E1D-1B3D-4A4F-9A5B-0D1C2F3E4D5C}\" priority=\"0\" \
             reason=\"0x8\"/>",
        ),
        ubn(2, "INVITE sip:alice@example.com SIP/2.0\r\nCall-ID: 1\r\n\r\n"),
        c_with("UUN 9 alice@example.com 4", "goawyplzthxbye"),
        s("UUN 9 OK"),
        c_with("UUN 10 alice@example.com 4", "gtfo"),
        s("UUN 10 OK"),
        ubn(5, "11752013;192.0.2.44:1863"),
        ubn(6, "plain words"),
        ubn(
            12,
            "<sip e=\"base64\" fid=\"1\" i=\"d6a8a5b6\"><msg>SU5WSVRFIHNpcDpib2IgU0lQLzIuMA0K</msg></sip>",
        ),
        ubn(12, "<sip e=\"base64\" fid=\"1\" i=\"d6a8a5b6\"><msg>*</msg></sip>"),
        ubn(12, "SIP/2.0 200 OK\r\nCall-ID: 1\r\n\r\n"),
    ]
}

fn malformed() -> Vec<SentSegment> {
    let deep = format!("{}{}", "<a>".repeat(110), "</a>".repeat(110));
    vec![
        s_with("UBX 1:bob@example.net", deep),
        s_with("UBX 1:bob@example.net", "<Data><PSM>never closed</Data>"),
        s_with("UBX 1:bob@example.net", b"<Data><PSM>\xff</PSM></Data>"),
    ]
}
