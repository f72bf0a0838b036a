//! The commands of MSNP2 to MSNP21, one row each. Data only.
//!
//! The dialects of a form are those in which it was observed or is documented. It is
//! still chosen where a server of today sends it in another one.
//!
//! Source: docs/protocol/msnp.md §2.2 to §2.6 (commands, transaction ids), §7.1 (proofs),
//! §7.4 (answers), §11 (what real servers send); for servers of today, §9.2.

use crate::msn::msnp::wire::command::Answered::{Always, If, Sometimes};
use crate::msn::msnp::wire::command::PayloadRule::{AlwaysLastOf, LastOf};
use crate::msn::msnp::wire::command::TrId::{BeforeMode, FullForm};
use crate::msn::msnp::wire::command::{form, key, row, MsnpCommand, Verb};
use crate::msn::msnp::wire::command_check::checked;
use crate::msn::msnp::wire::parameter::form::ConnectionScope::{
    Any, Dispatch as Ds, Login, Notification as Ns, Switchboard as Sb,
};
use crate::msn::msnp::wire::parameter::form::Proof::{Message, PartOfMessage};
use crate::msn::msnp::wire::parameter::form::Sender::{Both, Client, Server};
use crate::msn::msnp::wire::parameter::form::Slot;
use crate::msn::msnp::wire::parameter::form::Slot::{Either, Many, Maybe, One, Word};
use crate::msn::msnp::wire::parameter::meaning::Meaning::{Server as HostPort, *};

const T: Slot = One(TrId);
const OK: Slot = Word("OK", Outcome);

/// Every command, sorted.
#[rustfmt::skip]
pub static COMMANDS: &[MsnpCommand] = checked(&[
    row(b"ACK", c"Message delivered", &[
        form(Server, Sb, 2..=21, &[T]),
    ]).common(),

    row(b"ADC", c"Add contact", &[
        form(Both, Ns, 10..=12, &[T, One(List), Maybe(ContactAccount), Maybe(ContactName), Maybe(ContactId), Maybe(GroupId)]),
    ]).answered_by(Always, &[b"ILN", b"NLN"]),

    row(b"ADD", c"Add to list", &[
        form(Client, Ns, 7..=9, &[T, Word("FL", List), One(Account), One(GroupId)]),
        form(Client, Ns, 2..=9, &[T, One(List), One(Account), One(FriendlyName), Maybe(GroupId)]),
        form(Server, Ns, 2..=9, &[T, One(List), One(ListVersion), One(Account), One(FriendlyName), Maybe(GroupId)]),
        form(Server, Ns, 2..=9, &[T, One(ListVersion), One(List), One(Account), One(FriendlyName), Maybe(GroupId)]),
    ]).answered_by(Always, &[b"ILN", b"NLN"]).common(),

    row(b"ADG", c"Add group", &[
        form(Client, Ns, 7..=12, &[T, One(GroupName), Maybe(Constant)]),
        form(Server, Ns, 10..=12, &[T, One(GroupName), One(GroupId), Maybe(Constant)]),
        form(Server, Ns, 7..=9, &[T, One(ListVersion), One(GroupName), One(GroupId), Maybe(Constant)]),
    ]).answered(Always),

    row(b"ADL", c"Add list entries", &[
        form(Both, Ns, 13..=21, &[T, One(PayloadLength)]),
        form(Server, Ns, 13..=21, &[T, OK]),
    ]).payload(LastOf(2)).answered_by(Always, &[b"ILN", b"NLN"]),

    row(b"ANS", c"Answer a call", &[
        form(Server, Sb, 2..=21, &[T, OK]),
        form(Client, Sb, 2..=21, &[T, One(Account), One(Cookie), One(SessionId)]).proof(4),
    ]).answered_by(Always, &[b"IRO"]),

    row(b"BLP", c"Default privacy", &[
        form(Both, Ns, 2..=21, &[T, One(Privacy)]),
        form(Server, Ns, 2..=9, &[T, One(ListVersion), One(Privacy)]),
        form(Server, Ns, 8..=12, &[One(Privacy)]),
    ]).answered(Always).unsolicited(),

    row(b"BPR", c"Buddy property", &[
        form(Server, Ns, 8..=12, &[One(PropertyName), Maybe(PropertyValue)]),
        form(Server, Ns, 10..=12, &[One(Account), One(PropertyName), Maybe(PropertyValue)]),
        form(Server, Ns, 5..=9, &[One(ListVersion), One(Account), One(PropertyName), Maybe(PropertyValue)]),
        form(Server, Ns, 5..=9, &[One(ListVersion), One(PropertyName), Maybe(PropertyValue)]),
    ]).unsolicited(),

    row(b"BYE", c"Leave the conversation", &[
        form(Server, Sb, 2..=21, &[Either(Account, NetworkAccount), Maybe(ByeReason)]),
    ]).common(),

    row(b"CAL", c"Call a user", &[
        form(Server, Sb, 2..=21, &[T, Word("RINGING", Outcome), One(SessionId)]).proof(3),
        form(Client, Sb, 2..=21, &[T, One(Account)]).proof(2),
    ]).answered(Always),

    row(b"CHG", c"Change status", &[
        form(Both, Ns, 2..=7, &[T, One(Status)]),
        form(Both, Ns, 8..=21, &[T, One(Status), Maybe(Capabilities), Maybe(MsnObject)]).proof(3),
    ]).answered_by(Always, &[b"ILN", b"NLN"]),

    row(b"CHL", c"Challenge", &[
        form(Server, Ns, 6..=21, &[T, One(Challenge)]),
        form(Client, Ns, 6..=21, &[T]),
    ]).answered(Sometimes).unsolicited(),

    row(b"CVQ", c"Client version query", &[
        form(Server, Login, 2..=21, &[T, One(RecommendedVersion), One(RecommendedVersion), One(MinimumVersion), Maybe(DownloadUrl), Maybe(InfoUrl)]),
        form(Client, Login, 2..=21, &[T, One(Locale), One(ClientOs), One(ClientOsVersion), One(ClientCpu), One(ClientName), One(ClientVersion), Maybe(ClientBrand), Maybe(Account), Maybe(HopCounter)]).proof(2),
    ]).answered_by(Always, &[b"CVR"]),

    row(b"CVR", c"Client version report", &[
        form(Server, Login, 2..=21, &[T, One(RecommendedVersion), One(RecommendedVersion), One(MinimumVersion), Maybe(DownloadUrl), Maybe(InfoUrl)]),
        form(Client, Login, 2..=21, &[T, One(Locale), One(ClientOs), One(ClientOsVersion), One(ClientCpu), One(ClientName), One(ClientVersion), Maybe(ClientBrand), Maybe(Account), Maybe(HopCounter)]).proof(2),
    ]).answered_by(Always, &[b"XFR"]),

    row(b"DEL", c"Delete publication", &[
        form(Client, Ns, 21..=21, &[T, One(PayloadLength)]),
        form(Server, Ns, 21..=21, &[T, OK, One(PayloadLength)]),
    ]).payload(LastOf(2)).answered_by(Always, &[b"NFY"]).common(),

    row(b"FLN", c"Contact is offline", &[
        form(Server, Ns, 2..=13, &[One(Account)]),
        form(Server, Ns, 14..=17, &[One(Account), One(Network), Maybe(Capabilities), Maybe(IconUrl)]),
        form(Server, Ns, 18..=21, &[One(NetworkAccount), Maybe(Capabilities), Maybe(IconUrl)]),
    ]),

    row(b"FND", c"Find user in the directory", &[
        form(Server, Ns, 2..=7, &[T, One(Index), One(Total), Many(DirectoryField)]),
        form(Client, Ns, 2..=7, &[T, Many(DirectoryField)]),
    ]).answered(Sometimes),

    row(b"FQY", c"Federated query", &[
        form(Both, Ns, 14..=21, &[T, One(PayloadLength)]),
    ]).payload(LastOf(2)).answered(Always),

    row(b"FSL", c"Unknown meaning", &[
        form(Both, Ns, 21..=21, &[T, Many(Unknown)]),
    ]).payload(LastOf(2)),

    row(b"GCF", c"Get configuration file", &[
        form(Client, Ns, 11..=21, &[T, One(ConfigFile)]),
        form(Server, Ns, 13..=21, &[Word("0", TrId), One(PayloadLength)]),
        form(Server, Ns, 11..=21, &[T, One(ConfigFile), One(PayloadLength)]),
    ]).payload(LastOf(2)).answered(Always),

    row(b"GET", c"Unknown meaning", &[
        form(Both, Ns, 21..=21, &[T, Many(Unknown)]),
    ]).payload(LastOf(2)).common(),

    row(b"GSB", c"Unknown meaning", &[
        form(Both, Ns, 11..=11, &[Maybe(TrId), Many(Unknown)]),
    ]),

    row(b"GTC", c"Reverse list prompting", &[
        form(Both, Ns, 2..=12, &[T, One(Prompt)]),
        form(Server, Ns, 2..=9, &[T, One(ListVersion), One(Prompt)]),
        form(Server, Ns, 8..=12, &[One(Prompt)]),
    ]).answered(Always).unsolicited(),

    row(b"ILN", c"Initial presence", &[
        form(Server, Ns, 2..=7, &[T, One(Status), One(Account), One(FriendlyName)]).proof(3),
        form(Server, Ns, 8..=13, &[T, One(Status), One(Account), One(FriendlyName), Maybe(Capabilities), Maybe(MsnObject), Maybe(IconUrl)]).proof(3),
        form(Server, Ns, 14..=17, &[T, One(Status), One(Account), One(Network), One(FriendlyName), Maybe(Capabilities), Maybe(MsnObject), Maybe(IconUrl)]).proof(3),
        form(Server, Ns, 18..=21, &[T, One(Status), One(NetworkAccount), One(FriendlyName), Maybe(Capabilities), Maybe(MsnObject), Maybe(IconUrl)]).proof(3),
    ]).unsolicited(),

    row(b"IMS", c"Switchboard messaging on or off", &[
        form(Client, Ns, 3..=21, &[T, One(Switch)]),
        form(Server, Ns, 3..=21, &[T, One(Constant), One(Switch)]),
    ]).answered(Always),

    row(b"INF", c"Authentication methods", &[
        form(Client, Login, 2..=7, &[T]),
        form(Server, Login, 2..=7, &[T, One(AuthPackages), Many(AuthPackages)]),
    ]).answered(Always).common(),

    row(b"IPG", c"Incoming page", &[
        form(Server, Ns, 6..=21, &[One(PayloadLength)]),
    ]).payload(AlwaysLastOf(1)),

    row(b"IRO", c"Initial roster", &[
        form(Server, Sb, 2..=21, &[T, One(Index), One(Total), Either(Account, NetworkAccount), One(FriendlyName), Maybe(Capabilities)]).proof(4),
    ]).unsolicited(),

    row(b"JOI", c"Join the conversation", &[
        form(Server, Sb, 2..=21, &[Either(Account, NetworkAccount), One(FriendlyName), Maybe(Capabilities)]).proof(2),
    ]),

    row(b"LKP", c"Unknown meaning", &[
        form(Both, Ns, 12..=12, &[Maybe(TrId), Many(Unknown)]),
    ]),

    row(b"LSG", c"List groups", &[
        form(Client, Ns, 7..=9, &[T]),
        form(Server, Ns, 8..=9, &[One(GroupId), One(GroupName), Maybe(Constant)]),
        form(Server, Ns, 10..=12, &[One(GroupName), One(GroupId)]),
        form(Server, Ns, 7..=7, &[T, One(ListVersion), One(Index), One(Total), One(GroupId), One(GroupName), Maybe(Constant)]),
    ]).trid(FullForm).answered(Sometimes).unsolicited(),

    row(b"LST", c"List contacts", &[
        form(Client, Ns, 2..=9, &[T, One(List)]),
        form(Server, Ns, 2..=7, &[T, One(List), One(ListVersion), One(Index), One(Total)]),
        form(Server, Ns, 2..=7, &[T, One(List), One(ListVersion), One(Index), One(Total), One(Account), One(FriendlyName), Maybe(GroupIds)]),
        form(Server, Ns, 8..=9, &[One(Account), One(FriendlyName), One(Lists), Maybe(GroupIds)]),
        form(Server, Ns, 12..=12, &[One(ContactAccount), Maybe(ContactName), Maybe(ContactId), One(Lists), One(Network), Maybe(GroupIds)]),
        form(Server, Ns, 10..=11, &[One(ContactAccount), Maybe(ContactName), Maybe(ContactId), One(Lists), Maybe(GroupIds)]),
    ]).answered(Sometimes).unsolicited().common(),

    row(b"MSG", c"Message", &[
        form(Client, Sb, 2..=21, &[T, One(MessageMode), One(PayloadLength)]).proof_with(Message),
        form(Server, Any, 2..=21, &[One(Account), One(FriendlyName), One(PayloadLength)]).proof_with(PartOfMessage),
        form(Server, Ns, 2..=21, &[Word("Hotmail", Account), One(FriendlyName), One(PayloadLength)]).proof_with(Message),
    ]).message().trid(BeforeMode).payload(AlwaysLastOf(3)).answered_by(If(MessageMode, &[b"A", b"D"]), &[b"ACK", b"NAK"]).common(),

    row(b"NAK", c"Message not delivered", &[
        form(Server, Sb, 2..=21, &[T]),
    ]).common(),

    row(b"NFY", c"Notify", &[
        form(Server, Ns, 21..=21, &[One(Action), One(PayloadLength)]),
    ]).payload(AlwaysLastOf(2)),

    row(b"NLN", c"Presence", &[
        form(Server, Ns, 2..=7, &[One(Status), One(Account), One(FriendlyName)]).proof(2),
        form(Server, Ns, 8..=13, &[One(Status), One(Account), One(FriendlyName), Maybe(Capabilities), Maybe(MsnObject), Maybe(IconUrl)]).proof(2),
        form(Server, Ns, 14..=17, &[One(Status), One(Account), One(Network), One(FriendlyName), Maybe(Capabilities), Maybe(MsnObject), Maybe(IconUrl)]).proof(2),
        form(Server, Ns, 18..=21, &[One(Status), One(NetworkAccount), One(FriendlyName), Maybe(Capabilities), Maybe(MsnObject), Maybe(IconUrl)]).proof(2),
    ]).unsolicited(),

    row(b"NOT", c"Notification", &[
        form(Server, Ns, 5..=21, &[One(PayloadLength)]),
    ]).payload(AlwaysLastOf(1)).common(),

    row(b"OUT", c"Log out", &[
        form(Both, Any, 2..=21, &[]),
        form(Client, Any, 2..=21, &[T]),
        form(Server, Ns, 2..=21, &[One(OutReason)]),
        form(Server, Ns, 11..=21, &[Word("RCT", OutReason), One(OutMinutes)]),
    ]).common(),

    row(b"PAG", c"Page a phone", &[
        form(Client, Ns, 5..=8, &[T, One(Account), One(PayloadLength)]),
    ]).message().payload(LastOf(3)),

    row(b"PGD", c"Page", &[
        form(Client, Ns, 9..=21, &[T, One(Account), One(PageType), One(PayloadLength)]),
    ]).message().payload(LastOf(4)),

    row(b"PNG", c"Ping", &[
        form(Client, Ns, 2..=21, &[]),
    ]).answered_by(Always, &[b"QNG"]),

    row(b"PRP", c"Own property", &[
        form(Client, Ns, 5..=21, &[T, One(PropertyName), Maybe(PropertyValue)]),
        form(Server, Ns, 10..=21, &[T, One(PropertyName), Maybe(PropertyValue)]),
        form(Server, Ns, 5..=9, &[T, One(ListVersion), One(PropertyName), Maybe(PropertyValue)]),
        form(Server, Ns, 5..=12, &[One(PropertyName), Maybe(PropertyValue)]),
        form(Server, Ns, 5..=9, &[One(ListVersion), One(PropertyName), Maybe(PropertyValue)]),
    ]).answered(Always).unsolicited(),

    row(b"PUT", c"Publish", &[
        form(Client, Ns, 21..=21, &[T, One(PayloadLength)]),
        form(Server, Ns, 21..=21, &[T, OK, One(PayloadLength)]),
    ]).payload(LastOf(2)).answered_by(Always, &[b"NFY"]).common(),

    row(b"QNG", c"Ping reply", &[
        form(Server, Ns, 2..=21, &[One(PingSeconds)]),
        form(Server, Ns, 2..=21, &[]),
    ]),

    row(b"QRY", c"Challenge answer", &[
        form(Server, Ns, 6..=21, &[T]),
        form(Client, Ns, 6..=21, &[T, One(ProductId), One(PayloadLength)]),
    ]).payload(LastOf(3)).answered(Always),

    row(b"REA", c"Rename", &[
        form(Client, Ns, 2..=9, &[T, One(Account), One(FriendlyName)]),
        form(Server, Ns, 2..=9, &[T, One(ListVersion), One(Account), One(FriendlyName)]),
    ]).answered(Always),

    row(b"REG", c"Rename group", &[
        form(Client, Ns, 7..=12, &[T, One(GroupId), One(GroupName), Maybe(Constant)]),
        form(Server, Ns, 10..=12, &[T, Word("1", Constant), One(GroupName), One(GroupId), Maybe(Constant)]),
        form(Server, Ns, 7..=9, &[T, One(ListVersion), One(GroupId), One(GroupName), Maybe(Constant)]),
        form(Server, Ns, 10..=12, &[T, One(GroupId), One(GroupName), Maybe(Constant)]),
        form(Server, Ns, 7..=7, &[T, One(ListVersion), One(GroupName), Word("0", Constant)]),
    ]).answered(Always),

    row(b"REM", c"Remove from list", &[
        form(Both, Ns, 10..=12, &[T, One(List), Either(ContactGuid, Account), Maybe(GroupId)]),
        form(Client, Ns, 2..=9, &[T, One(List), One(Account), Maybe(GroupId)]),
        form(Server, Ns, 2..=9, &[T, One(List), One(ListVersion), One(Account), Maybe(GroupId)]),
    ]).answered(Always).common(),

    row(b"RFS", c"Unknown meaning", &[
        form(Both, Ns, 13..=13, &[Maybe(TrId), Many(Unknown)]),
    ]),

    row(b"RMG", c"Remove group", &[
        form(Client, Ns, 7..=12, &[T, Either(GroupId, GroupName)]),
        form(Server, Ns, 10..=12, &[T, One(GroupId)]),
        form(Server, Ns, 10..=12, &[T, Word("1", Constant), Either(GroupId, GroupName)]),
        form(Server, Ns, 7..=9, &[T, One(ListVersion), Either(GroupId, GroupName)]),
    ]).answered(Always),

    row(b"RML", c"Remove list entries", &[
        form(Both, Ns, 13..=21, &[T, One(PayloadLength)]),
        form(Server, Ns, 13..=21, &[T, OK]),
    ]).payload(LastOf(2)).answered(Always),

    row(b"RNG", c"Ring", &[
        form(Server, Ns, 2..=12, &[One(SessionId), One(HostPort), Word("CKI", AuthPackage), One(Cookie), One(Account), One(FriendlyName)]).proof(5),
        form(Server, Ns, 13..=21, &[One(SessionId), One(HostPort), Word("CKI", AuthPackage), One(Cookie), One(Account), One(FriendlyName), One(TransferFlag), One(ServerDomain), Maybe(DirectConnection)]).proof(5),
    ]),

    row(b"SBP", c"Set buddy property", &[
        form(Both, Ns, 10..=12, &[T, Either(ContactGuid, Account), One(PropertyName), Maybe(PropertyValue), Maybe(Constant)]),
    ]).answered(Always),

    row(b"SBS", c"Unknown meaning", &[
        form(Server, Ns, 11..=21, &[T, One(Constant)]),
    ]),

    row(b"SDC", c"Send invitation email with text", &[
        form(Server, Ns, 5..=21, &[T, OK]),
        form(Client, Ns, 5..=21, &[T, Either(DirectoryIndex, Account), One(Locale), One(ClientName), One(ClientBrand), One(Constant), One(Constant), One(Inviter), One(PayloadLength)]),
    ]).payload(LastOf(4)).answered(Always),

    row(b"SDG", c"Send datagram", &[
        form(Both, Ns, 21..=21, &[T, One(PayloadLength)]),
    ]).message().payload(LastOf(2)).answered(Sometimes),

    row(b"SND", c"Send invitation email", &[
        form(Server, Ns, 2..=21, &[T, OK]),
        form(Client, Ns, 2..=21, &[T, One(Account), Maybe(Locale), Maybe(ClientName), Maybe(ClientBrand)]),
    ]).answered(Always).common(),

    row(b"SYN", c"Synchronize", &[
        form(Client, Ns, 2..=9, &[T, One(ListVersion)]),
        form(Client, Ns, 10..=21, &[T, One(ListVersion), One(SettingsVersion)]),
        form(Server, Ns, 2..=7, &[T, One(ListVersion)]),
        form(Server, Ns, 8..=9, &[T, One(ListVersion), One(ContactCount), One(GroupCount)]),
        form(Server, Ns, 10..=12, &[T, One(ListVersion), One(SettingsVersion)]),
        form(Server, Ns, 10..=12, &[T, One(ListVersion), One(SettingsVersion), One(ContactCount), One(GroupCount)]),
    ]).answered_by(Always, &[b"BLP", b"BPR", b"GTC", b"ILN", b"LSG", b"LST", b"PRP"]),

    row(b"UBM", c"Message from another network", &[
        form(Server, Any, 14..=17, &[One(Account), One(Network), One(Account), One(Network), One(MessageType), One(PayloadLength)]),
        form(Server, Any, 18..=21, &[Either(NetworkAccount, Account), One(Network), Either(NetworkAccount, Account), One(Network), One(MessageType), One(PayloadLength)]),
        form(Server, Any, 14..=15, &[One(Account), One(Network), One(MessageType), One(PayloadLength)]),
    ]).message().payload(LastOf(4)),

    // Three parameters at least: a UBN without payload ends with its type (§11, item 1).
    row(b"UBN", c"Buddy notification", &[
        form(Server, Ns, 13..=21, &[Either(Account, NetworkAccount), One(NotificationType), Maybe(PayloadLength)]),
    ]).message().payload(LastOf(3)),

    row(b"UBX", c"Buddy extended data", &[
        form(Server, Ns, 11..=13, &[One(Account), One(PayloadLength)]),
        form(Server, Ns, 14..=17, &[One(Account), One(Network), One(PayloadLength)]),
        form(Server, Ns, 18..=21, &[One(NetworkAccount), One(PayloadLength)]),
    ]).payload(AlwaysLastOf(2)),

    row(b"URL", c"Service URL", &[
        form(Client, Ns, 2..=21, &[T, One(Service), Maybe(ServiceParameter)]),
        form(Server, Ns, 2..=21, &[T, One(ServicePath), One(LoginUrl), Maybe(SiteId)]),
    ]).answered(Always).common(),

    row(b"USR", c"User", &[
        form(Client, Login, 2..=21, &[T, One(AuthPackage), Word("I", AuthStage), One(Account)]).proof(3),
        form(Client, Ns, 2..=7, &[T, Word("MD5", AuthPackage), Word("S", AuthStage), One(PasswordHash)]).proof(3),
        form(Server, Ns, 2..=7, &[T, Word("MD5", AuthPackage), Word("S", AuthStage), One(AuthSalt)]).proof(3),
        form(Client, Ns, 2..=2, &[T, Word("CTP", AuthPackage), Word("S", AuthStage), One(Password)]).proof(3),
        form(Server, Ns, 2..=2, &[T, Word("CTP", AuthPackage), Word("S", AuthStage)]).proof(3),
        form(Server, Ns, 8..=14, &[T, Word("TWN", AuthPackage), Word("S", AuthStage), One(AuthParameters)]).proof(3),
        form(Client, Ns, 8..=14, &[T, Word("TWN", AuthPackage), Word("S", AuthStage), One(AuthTicket)]).proof(3),
        form(Server, Ns, 15..=21, &[T, Word("SSO", AuthPackage), Word("S", AuthStage), One(AuthPolicy), One(AuthNonce)]).proof(3),
        form(Client, Ns, 15..=21, &[T, Word("SSO", AuthPackage), Word("S", AuthStage), One(AuthTicket), Maybe(ResponseBlob), Maybe(MachineGuid)]).proof(3),
        form(Client, Ns, 18..=21, &[T, Word("SHA", AuthPackage), Word("A", AuthStage), One(CircleTicket)]).proof(3),
        form(Server, Ns, 10..=21, &[T, OK, One(Account), One(Verified), One(Restricted)]).proof(3),
        form(Server, Ns, 8..=9, &[T, OK, One(Account), One(FriendlyName), One(Verified), One(Restricted)]).proof(3),
        form(Server, Ns, 6..=7, &[T, OK, One(Account), One(FriendlyName), One(Verified)]).proof(3),
        form(Server, Ns, 2..=5, &[T, OK, One(Account), One(FriendlyName)]).proof(3),
        form(Server, Sb, 2..=21, &[T, OK, One(Account), One(FriendlyName)]).proof(3),
        form(Server, Sb, 16..=21, &[T, One(Account), One(FriendlyName), OK]),
        form(Client, Sb, 2..=21, &[T, One(Account), One(Cookie)]).proof(3),
    ]).answered_by(Always, &[b"XFR"]),

    row(b"UUM", c"Message to another network", &[
        form(Server, Ns, 14..=21, &[T, OK]),
        form(Client, Ns, 14..=21, &[T, Either(Account, NetworkAccount), One(Network), One(MessageType), One(PayloadLength)]),
    ]).message().payload(LastOf(5)).answered(Sometimes),

    row(b"UUN", c"User notification", &[
        form(Server, Ns, 13..=21, &[T, OK]),
        form(Client, Ns, 13..=21, &[T, Either(Account, NetworkAccount), One(NotificationType), Maybe(PayloadLength)]),
    ]).message().payload(LastOf(4)).answered(Always),

    row(b"UUX", c"Own extended data", &[
        form(Both, Ns, 11..=21, &[T, One(PayloadLength)]),
    ]).payload(LastOf(2)).answered(Always),

    row(b"VAS", c"Unknown meaning", &[
        form(Client, Ns, 18..=21, &[T, One(Account), One(Unknown), One(Unknown), One(PayloadLength)]),
    ]).payload(LastOf(5)),

    row(b"VER", c"Version negotiation", &[
        form(Server, Login, 2..=21, &[T, Word("0", NoDialect), Many(Dialect)]).proof(3),
        form(Both, Login, 2..=21, &[T, One(Dialect), Many(Dialect)]).proof(2),
    ]).answered_by(Always, &[b"XFR"]).common(),

    row(b"XFR", c"Transfer", &[
        form(Client, Ns, 2..=21, &[T, Word("SB", ServerType)]),
        form(Server, Ds, 2..=21, &[T, Word("NS", ServerType), Word("0", Constant)]),
        form(Server, Ds, 2..=12, &[T, Word("NS", ServerType), One(HostPort), Maybe(Constant), Maybe(CurrentServer)]).proof(3),
        form(Server, Ds, 13..=21, &[T, Word("NS", ServerType), One(HostPort), One(TransferFlag), One(TransferFlag), Maybe(HopCounter)]).proof(3),
        form(Server, Ns, 2..=21, &[T, Word("SB", ServerType), One(HostPort), Word("CKI", AuthPackage), One(Cookie)]).proof(3),
        form(Server, Ns, 13..=21, &[T, Word("SB", ServerType), One(HostPort), Word("CKI", AuthPackage), One(Cookie), One(TransferFlag), One(ServerDomain), Maybe(DirectConnection)]).proof(3),
    ]).answered(Always),
]);

/// The sort keys of [`COMMANDS`], close together.
static KEYS: [u32; COMMANDS.len()] = {
    let mut keys = [0; COMMANDS.len()];
    let mut row = 0;
    while row < keys.len() {
        keys[row] = key(COMMANDS[row].verb);
        row += 1;
    }
    keys
};

/// The row of a command. Returns `None` if it is unknown.
pub fn find(verb: Verb) -> Option<&'static MsnpCommand> {
    let at = KEYS.binary_search(&key(verb));
    COMMANDS.get(at.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_found_and_named() {
        for command in COMMANDS {
            assert_eq!(find(command.verb).map(|c| c.verb), Some(command.verb));
            assert!(command.name.to_str().is_ok_and(|name| name.len() > 2));
        }
        assert!(find(*b"XYZ").is_none());
    }

    #[test]
    fn properties_of_commands() {
        let command = |verb: &[u8; 3]| find(*verb).unwrap();
        assert!(command(b"VER").is_answered_by(*b"VER"));
        assert!(!command(b"VER").is_answered_by(*b"CVR"));
        for (verb, is_never_numbered, is_referral) in [
            (b"VER", false, false),
            (b"XFR", false, true),
            (b"RNG", true, true),
            (b"QNG", true, false),
            (b"FLN", true, false),
        ] {
            let command = command(verb);
            assert_eq!(command.is_never_numbered(), is_never_numbered, "{verb:?}");
            assert_eq!(command.is_referral(), is_referral, "{verb:?}");
        }
    }

    /// §2.3, end: names that other lists contain, but that no source has observed.
    #[test]
    fn commands_never_observed_are_unknown() {
        for verb in [b"CKI", b"CRT", b"RLS"] {
            assert!(find(*verb).is_none());
        }
    }
}
