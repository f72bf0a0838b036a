//! The forms of every command. Data only.
//!
//! Forms of one command stand together, and the one that unclear words should have stands
//! first. Dialects are those in which a form was seen or is described; where a server of
//! today sends it in another one, `read` chooses it all the same. Who sends a line, and to
//! which kind of server, is said here alone: see [`crate::msn::msnp::wire::parameter::told`].
//!
//! Source: protocol reference, MSNP §2.3 to §2.6, §11; for servers of today, MSNP more §5.2.

use crate::msn::msnp::wire::parameter::Meaning::*;
use crate::msn::msnp::wire::parameter::Slot::{Either, Many, Maybe, One, Word};
use crate::msn::msnp::wire::parameter::{Form, From, On, Slot};

const T: Slot = One(TrId);
const OK: Slot = Word("OK", Outcome);

use From::{Both, Client, Server as FromServer};
use On::{Any, Dispatch as Ds, Login, Notification as Ns, Switchboard as Sb};

const fn form(
    verb: &[u8; 3],
    from: From,
    on: On,
    dialects: core::ops::RangeInclusive<u8>,
    slots: &'static [Slot],
) -> Form {
    Form {
        verb: *verb,
        from,
        on,
        dialects: (*dialects.start(), *dialects.end()),
        slots,
    }
}

/// Every form, sorted by command.
#[rustfmt::skip]
pub const FORMS: &[Form] = &[
    form(b"ACK", FromServer, Sb, 2..=21, &[T]),

    form(b"ADC", Both, Ns, 10..=12, &[T, One(List), Maybe(ContactAccount), Maybe(ContactName), Maybe(ContactId), Maybe(GroupId)]),

    form(b"ADD", Client, Ns, 7..=9, &[T, Word("FL", List), One(Account), One(GroupId)]),
    form(b"ADD", Client, Ns, 2..=9, &[T, One(List), One(Account), One(FriendlyName), Maybe(GroupId)]),
    form(b"ADD", FromServer, Ns, 2..=9, &[T, One(List), One(ListVersion), One(Account), One(FriendlyName), Maybe(GroupId)]),
    form(b"ADD", FromServer, Ns, 2..=9, &[T, One(ListVersion), One(List), One(Account), One(FriendlyName), Maybe(GroupId)]),

    form(b"ADG", Client, Ns, 7..=12, &[T, One(GroupName), Maybe(Constant)]),
    form(b"ADG", FromServer, Ns, 10..=12, &[T, One(GroupName), One(GroupId), Maybe(Constant)]),
    form(b"ADG", FromServer, Ns, 7..=9, &[T, One(ListVersion), One(GroupName), One(GroupId), Maybe(Constant)]),

    form(b"ADL", Both, Ns, 13..=21, &[T, One(PayloadLength)]),
    form(b"ADL", FromServer, Ns, 13..=21, &[T, OK]),

    form(b"ANS", FromServer, Sb, 2..=21, &[T, OK]),
    form(b"ANS", Client, Sb, 2..=21, &[T, One(Account), One(Cookie), One(SessionId)]),

    form(b"BLP", Both, Ns, 2..=21, &[T, One(Privacy)]),
    form(b"BLP", FromServer, Ns, 2..=9, &[T, One(ListVersion), One(Privacy)]),
    form(b"BLP", FromServer, Ns, 8..=12, &[One(Privacy)]),

    form(b"BPR", FromServer, Ns, 8..=12, &[One(PropertyName), Maybe(PropertyValue)]),
    form(b"BPR", FromServer, Ns, 10..=12, &[One(Account), One(PropertyName), Maybe(PropertyValue)]),
    form(b"BPR", FromServer, Ns, 5..=9, &[One(ListVersion), One(Account), One(PropertyName), Maybe(PropertyValue)]),
    form(b"BPR", FromServer, Ns, 5..=9, &[One(ListVersion), One(PropertyName), Maybe(PropertyValue)]),

    form(b"BYE", FromServer, Sb, 2..=21, &[Either(Account, NetworkAccount), Maybe(ByeReason)]),

    form(b"CAL", FromServer, Sb, 2..=21, &[T, Word("RINGING", Outcome), One(SessionId)]),
    form(b"CAL", Client, Sb, 2..=21, &[T, One(Account)]),

    form(b"CHG", Both, Ns, 2..=7, &[T, One(Status)]),
    form(b"CHG", Both, Ns, 8..=21, &[T, One(Status), Maybe(Capabilities), Maybe(MsnObject)]),

    form(b"CHL", FromServer, Ns, 6..=21, &[T, One(Challenge)]),
    form(b"CHL", Client, Ns, 6..=21, &[T]),

    form(b"CVQ", FromServer, Login, 2..=21, &[T, One(RecommendedVersion), One(RecommendedVersion), One(MinimumVersion), Maybe(DownloadUrl), Maybe(InfoUrl)]),
    form(b"CVQ", Client, Login, 2..=21, &[T, One(Locale), One(OsType), One(OsVersion), One(Cpu), One(ClientName), One(ClientVersion), Maybe(ClientBrand), Maybe(Account), Maybe(HopCounter)]),

    form(b"CVR", FromServer, Login, 2..=21, &[T, One(RecommendedVersion), One(RecommendedVersion), One(MinimumVersion), Maybe(DownloadUrl), Maybe(InfoUrl)]),
    form(b"CVR", Client, Login, 2..=21, &[T, One(Locale), One(OsType), One(OsVersion), One(Cpu), One(ClientName), One(ClientVersion), Maybe(ClientBrand), Maybe(Account), Maybe(HopCounter)]),

    form(b"DEL", Client, Ns, 21..=21, &[T, One(PayloadLength)]),
    form(b"DEL", FromServer, Ns, 21..=21, &[T, OK, One(PayloadLength)]),

    form(b"FLN", FromServer, Ns, 2..=13, &[One(Account)]),
    form(b"FLN", FromServer, Ns, 14..=17, &[One(Account), One(Network), Maybe(Capabilities), Maybe(IconUrl)]),
    form(b"FLN", FromServer, Ns, 18..=21, &[One(NetworkAccount), Maybe(Capabilities), Maybe(IconUrl)]),

    form(b"FND", FromServer, Ns, 2..=7, &[T, One(Index), One(Total), Many(DirectoryField)]),
    form(b"FND", Client, Ns, 2..=7, &[T, Many(DirectoryField)]),

    form(b"FQY", Both, Ns, 14..=21, &[T, One(PayloadLength)]),

    form(b"FSL", Both, Ns, 21..=21, &[T, Many(Unknown)]),

    form(b"GCF", Client, Ns, 11..=21, &[T, One(FileName)]),
    form(b"GCF", FromServer, Ns, 13..=21, &[Word("0", TrId), One(PayloadLength)]),
    form(b"GCF", FromServer, Ns, 11..=21, &[T, One(FileName), One(PayloadLength)]),

    form(b"GET", Both, Ns, 21..=21, &[T, Many(Unknown)]),

    form(b"GSB", Both, Ns, 11..=11, &[Maybe(TrId), Many(Unknown)]),

    form(b"GTC", Both, Ns, 2..=12, &[T, One(Prompt)]),
    form(b"GTC", FromServer, Ns, 2..=9, &[T, One(ListVersion), One(Prompt)]),
    form(b"GTC", FromServer, Ns, 8..=12, &[One(Prompt)]),

    form(b"ILN", FromServer, Ns, 2..=7, &[T, One(Status), One(Account), One(FriendlyName)]),
    form(b"ILN", FromServer, Ns, 8..=13, &[T, One(Status), One(Account), One(FriendlyName), Maybe(Capabilities), Maybe(MsnObject), Maybe(IconUrl)]),
    form(b"ILN", FromServer, Ns, 14..=17, &[T, One(Status), One(Account), One(Network), One(FriendlyName), Maybe(Capabilities), Maybe(MsnObject), Maybe(IconUrl)]),
    form(b"ILN", FromServer, Ns, 18..=21, &[T, One(Status), One(NetworkAccount), One(FriendlyName), Maybe(Capabilities), Maybe(MsnObject), Maybe(IconUrl)]),

    form(b"IMS", Client, Ns, 3..=21, &[T, One(Switch)]),
    form(b"IMS", FromServer, Ns, 3..=21, &[T, One(Constant), One(Switch)]),

    form(b"INF", Client, Login, 2..=7, &[T]),
    form(b"INF", FromServer, Login, 2..=7, &[T, One(AuthPackages), Many(AuthPackages)]),

    form(b"IPG", FromServer, Ns, 6..=21, &[One(PayloadLength)]),

    form(b"IRO", FromServer, Sb, 2..=21, &[T, One(Index), One(Total), Either(Account, NetworkAccount), One(FriendlyName), Maybe(Capabilities)]),

    form(b"JOI", FromServer, Sb, 2..=21, &[Either(Account, NetworkAccount), One(FriendlyName), Maybe(Capabilities)]),

    form(b"LKP", Both, Ns, 12..=12, &[Maybe(TrId), Many(Unknown)]),

    form(b"LSG", Client, Ns, 7..=9, &[T]),
    form(b"LSG", FromServer, Ns, 8..=9, &[One(GroupId), One(GroupName), Maybe(Constant)]),
    form(b"LSG", FromServer, Ns, 10..=12, &[One(GroupName), One(GroupId)]),
    form(b"LSG", FromServer, Ns, 7..=7, &[T, One(ListVersion), One(Index), One(Total), One(GroupId), One(GroupName), Maybe(Constant)]),

    form(b"LST", Client, Ns, 2..=9, &[T, One(List)]),
    form(b"LST", FromServer, Ns, 2..=7, &[T, One(List), One(ListVersion), One(Index), One(Total)]),
    form(b"LST", FromServer, Ns, 2..=7, &[T, One(List), One(ListVersion), One(Index), One(Total), One(Account), One(FriendlyName), Maybe(GroupIds)]),
    form(b"LST", FromServer, Ns, 8..=9, &[One(Account), One(FriendlyName), One(Lists), Maybe(GroupIds)]),
    form(b"LST", FromServer, Ns, 12..=12, &[One(ContactAccount), Maybe(ContactName), Maybe(ContactId), One(Lists), One(Network), Maybe(GroupIds)]),
    form(b"LST", FromServer, Ns, 10..=11, &[One(ContactAccount), Maybe(ContactName), Maybe(ContactId), One(Lists), Maybe(GroupIds)]),

    form(b"MSG", Client, Sb, 2..=21, &[T, One(MessageMode), One(PayloadLength)]),
    form(b"MSG", FromServer, Any, 2..=21, &[One(Account), One(FriendlyName), One(PayloadLength)]),
    form(b"MSG", FromServer, Ns, 2..=21, &[Word("Hotmail", Account), One(FriendlyName), One(PayloadLength)]),

    form(b"NAK", FromServer, Sb, 2..=21, &[T]),

    form(b"NFY", FromServer, Ns, 21..=21, &[One(Action), One(PayloadLength)]),

    form(b"NLN", FromServer, Ns, 2..=7, &[One(Status), One(Account), One(FriendlyName)]),
    form(b"NLN", FromServer, Ns, 8..=13, &[One(Status), One(Account), One(FriendlyName), Maybe(Capabilities), Maybe(MsnObject), Maybe(IconUrl)]),
    form(b"NLN", FromServer, Ns, 14..=17, &[One(Status), One(Account), One(Network), One(FriendlyName), Maybe(Capabilities), Maybe(MsnObject), Maybe(IconUrl)]),
    form(b"NLN", FromServer, Ns, 18..=21, &[One(Status), One(NetworkAccount), One(FriendlyName), Maybe(Capabilities), Maybe(MsnObject), Maybe(IconUrl)]),

    form(b"NOT", FromServer, Ns, 5..=21, &[One(PayloadLength)]),

    form(b"OUT", Both, Any, 2..=21, &[]),
    form(b"OUT", Client, Any, 2..=21, &[T]),
    form(b"OUT", FromServer, Ns, 2..=21, &[One(OutReason)]),
    form(b"OUT", FromServer, Ns, 11..=21, &[Word("RCT", OutReason), One(Minutes)]),

    form(b"PAG", Client, Ns, 5..=8, &[T, One(Account), One(PayloadLength)]),

    form(b"PGD", Client, Ns, 9..=21, &[T, One(Account), One(PageType), One(PayloadLength)]),

    form(b"PNG", Client, Ns, 2..=21, &[]),

    form(b"PRP", Client, Ns, 5..=21, &[T, One(PropertyName), Maybe(PropertyValue)]),
    form(b"PRP", FromServer, Ns, 10..=21, &[T, One(PropertyName), Maybe(PropertyValue)]),
    form(b"PRP", FromServer, Ns, 5..=9, &[T, One(ListVersion), One(PropertyName), Maybe(PropertyValue)]),
    form(b"PRP", FromServer, Ns, 5..=12, &[One(PropertyName), Maybe(PropertyValue)]),
    form(b"PRP", FromServer, Ns, 5..=9, &[One(ListVersion), One(PropertyName), Maybe(PropertyValue)]),

    form(b"PUT", Client, Ns, 21..=21, &[T, One(PayloadLength)]),
    form(b"PUT", FromServer, Ns, 21..=21, &[T, OK, One(PayloadLength)]),

    form(b"QNG", FromServer, Ns, 2..=21, &[One(Seconds)]),
    form(b"QNG", FromServer, Ns, 2..=21, &[]),

    form(b"QRY", FromServer, Ns, 6..=21, &[T]),
    form(b"QRY", Client, Ns, 6..=21, &[T, One(ProductId), One(PayloadLength)]),

    form(b"REA", Client, Ns, 2..=9, &[T, One(Account), One(FriendlyName)]),
    form(b"REA", FromServer, Ns, 2..=9, &[T, One(ListVersion), One(Account), One(FriendlyName)]),

    form(b"REG", Client, Ns, 7..=12, &[T, One(GroupId), One(GroupName), Maybe(Constant)]),
    form(b"REG", FromServer, Ns, 10..=12, &[T, Word("1", Constant), One(GroupName), One(GroupId), Maybe(Constant)]),
    form(b"REG", FromServer, Ns, 7..=9, &[T, One(ListVersion), One(GroupId), One(GroupName), Maybe(Constant)]),
    form(b"REG", FromServer, Ns, 10..=12, &[T, One(GroupId), One(GroupName), Maybe(Constant)]),
    form(b"REG", FromServer, Ns, 7..=7, &[T, One(ListVersion), One(GroupName), Word("0", Constant)]),

    form(b"REM", Both, Ns, 10..=12, &[T, One(List), Either(ContactGuid, Account), Maybe(GroupId)]),
    form(b"REM", Client, Ns, 2..=9, &[T, One(List), One(Account), Maybe(GroupId)]),
    form(b"REM", FromServer, Ns, 2..=9, &[T, One(List), One(ListVersion), One(Account), Maybe(GroupId)]),

    form(b"RFS", Both, Ns, 13..=13, &[Maybe(TrId), Many(Unknown)]),

    form(b"RMG", Client, Ns, 7..=12, &[T, Either(GroupId, GroupName)]),
    form(b"RMG", FromServer, Ns, 10..=12, &[T, One(GroupId)]),
    form(b"RMG", FromServer, Ns, 10..=12, &[T, Word("1", Constant), Either(GroupId, GroupName)]),
    form(b"RMG", FromServer, Ns, 7..=9, &[T, One(ListVersion), Either(GroupId, GroupName)]),

    form(b"RML", Both, Ns, 13..=21, &[T, One(PayloadLength)]),
    form(b"RML", FromServer, Ns, 13..=21, &[T, OK]),

    form(b"RNG", FromServer, Ns, 2..=12, &[One(SessionId), One(Server), Word("CKI", AuthPackage), One(Cookie), One(Account), One(FriendlyName)]),
    form(b"RNG", FromServer, Ns, 13..=21, &[One(SessionId), One(Server), Word("CKI", AuthPackage), One(Cookie), One(Account), One(FriendlyName), One(TransferFlag), One(ServerDomain), Maybe(DirectConnection)]),

    form(b"SBP", Both, Ns, 10..=12, &[T, Either(ContactGuid, Account), One(PropertyName), Maybe(PropertyValue), Maybe(Constant)]),

    form(b"SBS", FromServer, Ns, 11..=21, &[T, One(Constant)]),

    form(b"SDC", FromServer, Ns, 5..=21, &[T, OK]),
    form(b"SDC", Client, Ns, 5..=21, &[T, Either(DirectoryIndex, Account), One(Locale), One(ClientName), One(ClientBrand), One(Constant), One(Constant), One(Inviter), One(PayloadLength)]),

    form(b"SDG", Both, Ns, 21..=21, &[T, One(PayloadLength)]),

    form(b"SND", FromServer, Ns, 2..=21, &[T, OK]),
    form(b"SND", Client, Ns, 2..=21, &[T, One(Account), Maybe(Locale), Maybe(ClientName), Maybe(ClientBrand)]),

    form(b"SYN", Client, Ns, 2..=9, &[T, One(ListVersion)]),
    form(b"SYN", Client, Ns, 10..=21, &[T, One(ListVersion), One(SettingsVersion)]),
    form(b"SYN", FromServer, Ns, 2..=7, &[T, One(ListVersion)]),
    form(b"SYN", FromServer, Ns, 8..=9, &[T, One(ListVersion), One(ContactCount), One(GroupCount)]),
    form(b"SYN", FromServer, Ns, 10..=12, &[T, One(ListVersion), One(SettingsVersion)]),
    form(b"SYN", FromServer, Ns, 10..=12, &[T, One(ListVersion), One(SettingsVersion), One(ContactCount), One(GroupCount)]),

    form(b"UBM", FromServer, Any, 14..=17, &[One(Account), One(Network), One(Account), One(Network), One(MessageType), One(PayloadLength)]),
    form(b"UBM", FromServer, Any, 18..=21, &[Either(NetworkAccount, Account), One(Network), Either(NetworkAccount, Account), One(Network), One(MessageType), One(PayloadLength)]),
    form(b"UBM", FromServer, Any, 14..=15, &[One(Account), One(Network), One(MessageType), One(PayloadLength)]),

    form(b"UBN", FromServer, Ns, 13..=21, &[Either(Account, NetworkAccount), One(NotificationType), Maybe(PayloadLength)]),

    form(b"UBX", FromServer, Ns, 11..=13, &[One(Account), One(PayloadLength)]),
    form(b"UBX", FromServer, Ns, 14..=17, &[One(Account), One(Network), One(PayloadLength)]),
    form(b"UBX", FromServer, Ns, 18..=21, &[One(NetworkAccount), One(PayloadLength)]),

    form(b"URL", Client, Ns, 2..=21, &[T, One(Service), Maybe(ServiceParameter)]),
    form(b"URL", FromServer, Ns, 2..=21, &[T, One(ServicePath), One(LoginUrl), Maybe(SiteId)]),

    form(b"USR", Client, Login, 2..=21, &[T, One(AuthPackage), Word("I", AuthStage), One(Account)]),
    form(b"USR", Client, Ns, 2..=7, &[T, Word("MD5", AuthPackage), Word("S", AuthStage), One(PasswordHash)]),
    form(b"USR", FromServer, Ns, 2..=7, &[T, Word("MD5", AuthPackage), Word("S", AuthStage), One(AuthSalt)]),
    form(b"USR", Client, Ns, 2..=2, &[T, Word("CTP", AuthPackage), Word("S", AuthStage), One(Password)]),
    form(b"USR", FromServer, Ns, 2..=2, &[T, Word("CTP", AuthPackage), Word("S", AuthStage)]),
    form(b"USR", FromServer, Ns, 8..=14, &[T, Word("TWN", AuthPackage), Word("S", AuthStage), One(AuthParameters)]),
    form(b"USR", Client, Ns, 8..=14, &[T, Word("TWN", AuthPackage), Word("S", AuthStage), One(AuthTicket)]),
    form(b"USR", FromServer, Ns, 15..=21, &[T, Word("SSO", AuthPackage), Word("S", AuthStage), One(AuthPolicy), One(AuthNonce)]),
    form(b"USR", Client, Ns, 15..=21, &[T, Word("SSO", AuthPackage), Word("S", AuthStage), One(AuthTicket), Maybe(ResponseBlob), Maybe(MachineGuid)]),
    form(b"USR", Client, Ns, 18..=21, &[T, Word("SHA", AuthPackage), Word("A", AuthStage), One(CircleTicket)]),
    form(b"USR", FromServer, Ns, 10..=21, &[T, OK, One(Account), One(Verified), One(Restricted)]),
    form(b"USR", FromServer, Ns, 8..=9, &[T, OK, One(Account), One(FriendlyName), One(Verified), One(Restricted)]),
    form(b"USR", FromServer, Ns, 6..=7, &[T, OK, One(Account), One(FriendlyName), One(Verified)]),
    form(b"USR", FromServer, Ns, 2..=5, &[T, OK, One(Account), One(FriendlyName)]),
    form(b"USR", FromServer, Sb, 2..=21, &[T, OK, One(Account), One(FriendlyName)]),
    form(b"USR", FromServer, Sb, 16..=21, &[T, One(Account), One(FriendlyName), OK]),
    form(b"USR", Client, Sb, 2..=21, &[T, One(Account), One(Cookie)]),

    form(b"UUM", FromServer, Ns, 14..=21, &[T, OK]),
    form(b"UUM", Client, Ns, 14..=21, &[T, Either(Account, NetworkAccount), One(Network), One(MessageType), One(PayloadLength)]),

    form(b"UUN", FromServer, Ns, 13..=21, &[T, OK]),
    form(b"UUN", Client, Ns, 13..=21, &[T, Either(Account, NetworkAccount), One(NotificationType), Maybe(PayloadLength)]),

    form(b"UUX", Both, Ns, 11..=21, &[T, One(PayloadLength)]),

    form(b"VAS", Client, Ns, 18..=21, &[T, One(Account), One(Unknown), One(Unknown), One(PayloadLength)]),

    form(b"VER", FromServer, Login, 2..=21, &[T, Word("0", NoDialect), Many(Dialect)]),
    form(b"VER", Both, Login, 2..=21, &[T, One(Dialect), Many(Dialect)]),

    form(b"XFR", Client, Ns, 2..=21, &[T, Word("SB", ServerType)]),
    form(b"XFR", FromServer, Ds, 2..=21, &[T, Word("NS", ServerType), Word("0", Constant)]),
    form(b"XFR", FromServer, Ds, 2..=12, &[T, Word("NS", ServerType), One(Server), Maybe(Constant), Maybe(CurrentServer)]),
    form(b"XFR", FromServer, Ds, 13..=21, &[T, Word("NS", ServerType), One(Server), One(TransferFlag), One(TransferFlag), Maybe(HopCounter)]),
    form(b"XFR", FromServer, Ns, 2..=21, &[T, Word("SB", ServerType), One(Server), Word("CKI", AuthPackage), One(Cookie)]),
    form(b"XFR", FromServer, Ns, 13..=21, &[T, Word("SB", ServerType), One(Server), Word("CKI", AuthPackage), One(Cookie), One(TransferFlag), One(ServerDomain), Maybe(DirectConnection)]),
];

const _: () = {
    let mut i = 0;
    while i < FORMS.len() {
        let form = &FORMS[i];
        assert!(
            form.dialects.0 <= form.dialects.1,
            "a form is of no dialect"
        );
        let mut slot = 0;
        while slot + 1 < form.slots.len() {
            assert!(
                !matches!(form.slots[slot], Many(_)),
                "only the last place can be many"
            );
            slot += 1;
        }
        if i > 0 {
            let (a, b) = (FORMS[i - 1].verb, form.verb);
            let mut at = 0;
            while at < 2 && a[at] == b[at] {
                at += 1;
            }
            assert!(a[at] <= b[at], "the forms are not sorted by command");
        }
        i += 1;
    }
};
