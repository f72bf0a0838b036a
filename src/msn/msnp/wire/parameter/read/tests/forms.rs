//! Tables of lines of every form, with the meanings of their words.

use crate::msn::msnp::wire::parameter::read::tests::*;

#[test]
fn login() {
    for (known, text, expected) in [
        (client(9), "VER 4 MSNP10 MSNP9 CVR0", "TrId Dialect Dialect Dialect"),
        (server(9), "VER 1 0", "TrId NoDialect"),
        (server(9), "VER 1 0 MSNP9 CVR0", "TrId NoDialect Dialect Dialect"),
        (client(7), "INF 3", "TrId"),
        (server(2), "INF 3 MD5,CTP", "TrId AuthPackages"),
        (
            client(3),
            "CVR 5 0x0409 win 4.10 i386 MSMSGS 2.0.0083",
            "TrId Locale ClientOs ClientOsVersion ClientCpu ClientName ClientVersion",
        ),
        (
            client(21),
            "CVR 2 0x0409 winnt 6.1.0 i386 MSNMSGR 15.4.3502.0922 MSNMSGR a@example.com VmVy",
            "TrId Locale ClientOs ClientOsVersion ClientCpu ClientName ClientVersion ClientBrand Account HopCounter",
        ),
        (
            server(9),
            "CVR 5 6.0.0602 6.0.0602 5.0.0527 http://a.example.com/x http://b.example.com",
            "TrId RecommendedVersion RecommendedVersion MinimumVersion DownloadUrl InfoUrl",
        ),
        (client(2), "USR 3 CTP I a@example.com", "TrId AuthPackage AuthStage Account"),
        (client(2), "USR 4 CTP S secret", "TrId AuthPackage AuthStage Password"),
        (server(7), "USR 6 MD5 S 1013928519.693957190", "TrId AuthPackage AuthStage AuthSalt"),
        (
            client(7),
            "USR 7 MD5 S 23e54a439a6a17d15025f4c6cbd0f6b5",
            "TrId AuthPackage AuthStage PasswordHash",
        ),
        (server(9), "USR 6 TWN S lc=1033,id=507", "TrId AuthPackage AuthStage AuthParameters"),
        (client(9), "USR 7 TWN S t=4m1w&p=4QXN", "TrId AuthPackage AuthStage AuthTicket"),
        (
            server(15),
            "USR 3 SSO S MBI_KEY_OLD SW52ZW50ZWQ=",
            "TrId AuthPackage AuthStage AuthPolicy AuthNonce",
        ),
        (
            client(16),
            "USR 4 SSO S t=x&p= HAAAAA== {44bfd5a4-7450-4bda-ba3a-c51b3031126d}",
            "TrId AuthPackage AuthStage AuthTicket ResponseBlob MachineGuid",
        ),
        (client(18), "USR 4 SHA A QUJD", "TrId AuthPackage AuthStage CircleTicket"),
        (server(5), "USR 5 OK a@example.com Alice", "TrId Outcome Account FriendlyName"),
        (server(7), "USR 5 OK a@example.com 1 0", "TrId Outcome Account FriendlyName Verified"),
        (
            server(9),
            "USR 5 OK a@example.com Alice 1 0",
            "TrId Outcome Account FriendlyName Verified Restricted",
        ),
        (server(10), "USR 5 OK a@example.com 1 0", "TrId Outcome Account Verified Restricted"),
        (server(9), "XFR 3 NS 0", "TrId ServerType Constant"),
        (
            server(11),
            "XFR 3 NS 198.51.100.2:1863 0 198.51.100.1:1863",
            "TrId ServerType Server Constant CurrentServer",
        ),
        (
            server(21),
            "XFR 3 NS 198.51.100.2:1863 U D VmVy",
            "TrId ServerType Server TransferFlag TransferFlag HopCounter",
        ),
        (client(9), "XFR 19 SB", "TrId ServerType"),
        (
            server(15),
            "XFR 14 SB 198.51.100.3:1863 CKI 1.2.3 U messenger.example.com 1",
            "TrId ServerType Server AuthPackage Cookie TransferFlag ServerDomain DirectConnection",
        ),
        (server(13), "GCF 0 1187", "TrId PayloadLength"),
        (server(11), "GCF 12 Shields.xml 151", "TrId ConfigFile PayloadLength"),
        (server(11), "SBS 0 null", "TrId Constant"),
        (server(9), "QNG 45", "PingSeconds"),
        (server(6), "CHL 0 11111111111111111111", "TrId Challenge"),
        (client(6), "CHL 8", "TrId"),
        (client(11), "QRY 10 PROD0090YUAUV{2B 32", "TrId ProductId PayloadLength"),
        (server(11), "OUT RCT 5", "OutReason OutMinutes"),
        (client(5), "URL 14 INBOX 0x0409", "TrId Service ServiceParameter"),
        (server(5), "URL 14 /cgi-bin/x https://login.example.com 2", "TrId ServicePath LoginUrl SiteId"),
        (server(3), "IMS 6 0 OFF", "TrId Constant Switch"),
        (client(7), "FND 7 fname=Bob lname=*", "TrId DirectoryField DirectoryField"),
        (server(7), "FND 8 0 0", "TrId Index Total"),
        (
            client(5),
            "SDC 11 b@example.org 0x0409 MSMSGS MSMSGS X X Alice 46",
            "TrId Account Locale ClientName ClientBrand Constant Constant Inviter PayloadLength",
        ),
    ] {
        clean(&known, text, expected);
    }
}

#[test]
fn lists_and_groups() {
    let guid = "7d4f5204-322a-47a2-90a8-77e72f9711c2";
    for (known, text, expected) in [
        (server(7), "SYN 4 14", "TrId ListVersion"),
        (
            server(8),
            "SYN 8 15 1 1",
            "TrId ListVersion ContactCount GroupCount",
        ),
        (client(10), "SYN 5 0 0", "TrId ListVersion SettingsVersion"),
        (
            server(7),
            "LST 4 FL 14 2 2 c@example.org Carol 0,1",
            "TrId List ListVersion Index Total Account FriendlyName GroupIds",
        ),
        // A space after the name is no parameter (docs/protocol/msnp.md §11, item 13).
        (
            server(5),
            "LST 9 AL 1 1 1 bob@example.net bob@example.net ",
            "TrId List ListVersion Index Total Account FriendlyName",
        ),
        (
            server(7),
            "LST 4 BL 14 0 0",
            "TrId List ListVersion Index Total",
        ),
        (
            server(9),
            "LST b@example.net Bob 11 0",
            "Account FriendlyName Lists GroupIds",
        ),
        (server(10), "LST N=b@example.net 10", "ContactAccount Lists"),
        (
            server(12),
            "LST N=b@example.net F=Bob 19 1 ",
            "ContactAccount ContactName Lists Network",
        ),
        (
            server(7),
            "LSG 4 14 1 2 0 Friends 0",
            "TrId ListVersion Index Total GroupId GroupName Constant",
        ),
        (
            server(9),
            "LSG 0 Other%20Contacts 0",
            "GroupId GroupName Constant",
        ),
        (server(7), "GTC 6 1 A", "TrId ListVersion Prompt"),
        (server(9), "GTC A", "Prompt"),
        (server(13), "BLP 5 AL", "TrId Privacy"),
        // The first number is the version of the list, not a transaction id (§11, item 8).
        (
            server(5),
            "PRP 1 PHW 1%20555",
            "ListVersion PropertyName PropertyValue",
        ),
        (
            server(10),
            "PRP 1 PHW 1%20555",
            "TrId PropertyName PropertyValue",
        ),
        (server(5), "PRP 23 14 PHH", "TrId ListVersion PropertyName"),
        (server(9), "PRP MFN x", "PropertyName PropertyValue"),
        (
            server(5),
            "BPR 4 PHM +1",
            "ListVersion PropertyName PropertyValue",
        ),
        (
            server(5),
            "BPR 8 b@example.net PHH",
            "ListVersion Account PropertyName",
        ),
        (
            server(10),
            "BPR b@example.net MOB N",
            "Account PropertyName PropertyValue",
        ),
        (server(11), "BPR HSB 1", "PropertyName PropertyValue"),
        (
            client(9),
            "ADD 8 FL b@example.net Bob 0",
            "TrId List Account FriendlyName GroupId",
        ),
        // Into a group, without a name.
        (
            client(9),
            "ADD 25 FL b@example.net 3",
            "TrId List Account GroupId",
        ),
        (
            client(5),
            "ADD 25 FL b@example.net 3",
            "TrId List Account FriendlyName",
        ),
        (
            server(9),
            "ADD 8 FL 2 b@example.net Bob 0",
            "TrId List ListVersion Account FriendlyName GroupId",
        ),
        (
            server(9),
            "ADD 36 825 FL b@example.net Bob 2",
            "TrId ListVersion List Account FriendlyName GroupId",
        ),
        (
            server(10),
            "ADC 0 RL N=b@example.net F=Bob",
            "TrId List ContactAccount ContactName",
        ),
        (
            client(9),
            "REM 14 FL b@example.net 3",
            "TrId List Account GroupId",
        ),
        (
            server(9),
            "REM 14 FL 11 b@example.net 3",
            "TrId List ListVersion Account GroupId",
        ),
        (
            server(9),
            "ADG 25 15 Co-Workers 1 0",
            "TrId ListVersion GroupName GroupId Constant",
        ),
        (
            server(9),
            "REG 14 19 2 Name 0",
            "TrId ListVersion GroupId GroupName Constant",
        ),
        (server(7), "RMG 15 20 2", "TrId ListVersion GroupId"),
        // MSN 7.0 names the group.
        (client(11), "RMG 15 New%20group", "TrId GroupName"),
        (server(13), "ADL 8 OK", "TrId Outcome"),
        (server(13), "ADL 0 82", "TrId PayloadLength"),
        (
            client(9),
            "PGD 8 tel:+15550100 2 40",
            "TrId Account PageType PayloadLength",
        ),
    ] {
        clean(&known, text, expected);
    }
    // No list versions any more, but a 1 in their place (§11, item 14).
    for (text, expected) in [
        (
            format!("ADG 10 Work {guid} 0"),
            "TrId GroupName GroupId Constant",
        ),
        (
            format!("REG 11 1 Семья {guid} 0"),
            "TrId Constant GroupName GroupId Constant",
        ),
        (format!("RMG 14 1 {guid}"), "TrId Constant GroupId"),
        (
            format!("REM 13 FL {guid} {guid}"),
            "TrId List ContactGuid GroupId",
        ),
        (
            format!("SBP 15 {guid} MFN Bobby"),
            "TrId ContactGuid PropertyName PropertyValue",
        ),
        (
            format!("ADC 12 FL C={guid} {guid}"),
            "TrId List ContactId GroupId",
        ),
    ] {
        clean(&server(11), &text, expected);
    }
}

#[test]
fn presence_and_conversations() {
    for (known, text, expected) in [
        (client(7), "CHG 9 NLN", "TrId Status"),
        (server(9), "CHG 0 FLN", "TrId Status"),
        (
            client(16),
            "CHG 9 NLN 2789003300:48 0",
            "TrId Status Capabilities MsnObject",
        ),
        (
            server(7),
            "ILN 9 NLN b@example.net Bob",
            "TrId Status Account FriendlyName",
        ),
        (
            server(9),
            "NLN IDL b@example.net nick 0",
            "Status Account FriendlyName Capabilities",
        ),
        (
            server(15),
            "NLN AWY b@example.net 1 0 44 0 http://www.example.net/x.png",
            "Status Account Network FriendlyName Capabilities MsnObject IconUrl",
        ),
        (
            server(18),
            "NLN NLN 1:b@example.net Bob 44:48 %3Cmsnobj%2F%3E",
            "Status NetworkAccount FriendlyName Capabilities MsnObject",
        ),
        (
            server(15),
            "FLN b@example.net 1 0",
            "Account Network Capabilities",
        ),
        (
            server(18),
            "FLN 1:b@example.net 0:0",
            "NetworkAccount Capabilities",
        ),
        (
            server(15),
            "UBX b@example.net 1 53",
            "Account Network PayloadLength",
        ),
        (
            server(18),
            "UBX 1:b@example.net 53",
            "NetworkAccount PayloadLength",
        ),
        (
            client(15),
            "UUN 14 b@example.net 5 78",
            "TrId Account NotificationType PayloadLength",
        ),
        (
            server(15),
            "UBN b@example.net 4",
            "Account NotificationType",
        ),
        (
            client(15),
            "UUM 3 b@example.org 32 1 9",
            "TrId Account Network MessageType PayloadLength",
        ),
        (
            server(15),
            "UBM b@example.org 32 a@example.com 1 2 9",
            "Account Network Account Network MessageType PayloadLength",
        ),
        (
            server(14),
            "UBM b@example.org 32 2 9",
            "Account Network MessageType PayloadLength",
        ),
        (server(21), "NFY PUT 293", "Action PayloadLength"),
        (server(21), "PUT 35 OK 165", "TrId Outcome PayloadLength"),
        (
            client(2),
            "USR 1 a@example.com 83ca9d8f1ee7c9776a39",
            "TrId Account Cookie",
        ),
        (
            client(2),
            "ANS 1 a@example.com 1.2.3 11752099",
            "TrId Account Cookie SessionId",
        ),
        (
            server(2),
            "RNG 0c07 127.0.0.1:1864 CKI f5683c79 b@example.net Bob",
            "SessionId Server AuthPackage Cookie Account FriendlyName",
        ),
        (
            server(13),
            "RNG 0c07 127.0.0.1 CKI f5683c79 b@example.net Bob U messenger.example.com",
            "SessionId Server AuthPackage Cookie Account FriendlyName TransferFlag ServerDomain",
        ),
        (client(2), "CAL 2 b@example.net", "TrId Account"),
        (
            server(2),
            "CAL 2 RINGING 120c666b04fec31173cba5a47a5fc15",
            "TrId Outcome SessionId",
        ),
        (
            server(12),
            "IRO 1 1 2 b@example.net Bob 44",
            "TrId Index Total Account FriendlyName Capabilities",
        ),
        (server(2), "JOI b@example.net Bob", "Account FriendlyName"),
        (server(2), "BYE b@example.net 1", "Account ByeReason"),
        (client(2), "MSG 4 N 133", "TrId MessageMode PayloadLength"),
        (
            server(2),
            "MSG Hotmail Hotmail 1441",
            "Account FriendlyName PayloadLength",
        ),
        (server(2), "NAK 283", "TrId"),
        (client(2), "OUT", ""),
    ] {
        clean(&known, text, expected);
    }
}
